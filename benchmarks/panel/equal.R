# Prints, for every column that peacesciencer's functions give, figures to compare. Usage:
#   Rscript equal.R SOURCE_OF_PEACESCIENCER DATA SOURCE_OF_STEVEMISC
# DATA holds the .rda files of peacesciencer and isard. Code is sourced from checkouts; nothing of it is here.
args <- commandArgs(trailingOnly = TRUE)
suppressPackageStartupMessages({library(dplyr); library(tidyr); library(rlang); library(geosphere); library(magrittr)})
for (file in list.files(args[2], "[.]rda$", full.names = TRUE)) load(file, envir = globalenv())
`%nin%` <- function(x, table) !(x %in% table)
sourced <- function(path) {
  text <- gsub("isard::", "", paste(readLines(path), collapse = "\n"), fixed = TRUE)
  # Before dplyr 1.1 there is no `.by`: the same thing is said with group_by().
  if (packageVersion("dplyr") < "1.1.0") {
    by <- ",\\s*\\.by ?= ?c\\(([^)]*)\\)\\)"
    text <- gsub(paste0("(filter|slice)\\(([^,()]*(?:\\(\\))?[^,()]*)", by), "group_by(\\3) %>% \\1(\\2) %>% ungroup()", text, perl = TRUE)
    text <- gsub(paste0("summarize\\((\\w+ = \\w+\\([^()]*\\)(?:,\\s*\\w+ = \\w+\\([^()]*\\))*)", by),
                 "group_by(\\2) %>% summarize(\\1, .groups = 'drop')", text, perl = TRUE)
    text <- gsub(paste0("mutate\\((across\\([^()]*(?:\\([^()]*\\))[^()]*\\))", by), "group_by(\\2) %>% mutate(\\1) %>% ungroup()", text, perl = TRUE)
  }
  eval(parse(text = text), envir = globalenv())
}
for (file in c("helpymchelperson", "create_dyadyears", "create_stateyears", "add_archigos", "add_atop_alliance", "add_capital_distance",
               "add_ccode_to_gw", "add_gwcode_to_cow", "add_contiguity", "add_cow_majors", "add_cow_mids", "add_cow_trade",
               "add_cow_wars", "add_democracy", "add_gml_mids", "add_igos", "add_minimum_distance", "add_nmc", "add_sim_gdp_pop",
               "add_spells", "add_peace_years", "add_strategic_rivalries", "add_ucdp_acd"))
  sourced(file.path(args[1], "R", paste0(file, ".R")))
for (file in c("ps_spells", "ps_btscs")) sourced(file.path(args[3], "R", paste0(file, ".R")))
quiet <- function(expr) suppressWarnings(suppressMessages(expr))
first <- TRUE
told <- function(label, data, columns) {
  keys <- intersect(c("ccode1", "ccode2", "gwcode1", "gwcode2", "ccode", "gwcode"), names(data))
  if ("gwcode" %in% keys || "gwcode1" %in% keys) if (startsWith(label, "gw")) keys <- grep("^gw", keys, value = TRUE) else keys <- grep("^cc", keys, value = TRUE)
  # In the third figure every row weighs differently: it is equal only when every value stands on its own row.
  weight <- (data[[keys[1]]] * 7 + (if (length(keys) > 1) data[[keys[2]]] else 0) * 13 + data$year * 29) %% 1009
  for (column in columns) {
    values <- data[[column]]
    # Texts count by the sum of their bytes.
    if (is.character(values)) values <- ifelse(is.na(values), NA, vapply(values, function(x) if (is.na(x)) 0 else sum(utf8ToInt(x)), 0))
    cat(sprintf('%s"%s:%s": [%d, %.14g, %d, %.14g]', if (first) "" else ",\n", label, column, length(values), sum(values, na.rm = TRUE),
                sum(is.na(values)), sum(values * weight, na.rm = TRUE)))
    first <<- FALSE
  }
}
fresh <- function(now, before) setdiff(names(now)[vapply(now, function(x) is.numeric(x) || is.character(x), TRUE)], c(names(before), "conflict_ids"))
step <- function(label, base, add) {
  now <- tryCatch(quiet(add(base)), error = function(e) { message(label, ": ", conditionMessage(e)); NULL })
  if (!is.null(now)) told(label, now, fresh(now, base))
  invisible(now)
}
cat("{\n")
for (directed in c(TRUE, FALSE)) {
  way <- if (directed) "cow-directed" else "cow-undirected"
  base <- quiet(create_dyadyears(mry = FALSE, directed = directed, subset_years = 1816:2010))
  told(way, base, "year")
  step(way, base, add_atop_alliance); step(way, base, add_nmc)
  step(way, base, function(x) add_cow_majors(x, mry = FALSE)); step(way, base, add_contiguity)
  step(way, base, add_capital_distance); step(way, base, function(x) add_minimum_distance(x, use_extdata = FALSE))
  step(way, base, add_strategic_rivalries); step(way, base, add_igos); step(way, base, add_democracy)
  step(way, base, add_sim_gdp_pop); step(way, base, add_archigos); step(way, base, add_gwcode_to_cow)
  wars <- quiet(add_cow_wars(subset(base, year <= 2007), type = "inter"))
  told(paste0(way, "-2007"), wars, fresh(wars, base))
  mids <- step(way, base, add_gml_mids); cows <- step(paste0(way, "-cow"), base, add_cow_mids)
  if (!directed) for (kind in c("spells", "peace_years")) {
    add <- get(paste0("add_", kind)); label <- paste0(way, "-", kind)
    for (data in list(mids[, c("ccode1", "ccode2", "year", "gmlmidonset", "gmlmidongoing")],
                      cows[, c("ccode1", "ccode2", "year", "cowmidonset", "cowmidongoing")])) {
      attr(data, "ps_data_type") <- "dyad_year"; attr(data, "ps_system") <- "cow"
      step(label, data, add)
    }
    wars <- wars[, c("ccode1", "ccode2", "year", "cowinteronset", "cowinterongoing")]
    attr(wars, "ps_data_type") <- "dyad_year"; attr(wars, "ps_system") <- "cow"
    step(paste0(label, "-2007"), wars, add)
  }
}
base <- quiet(create_stateyears(mry = FALSE, subset_years = 1816:2010)); way <- "cow-states"
told(way, base, "year")
step(way, base, add_nmc); step(way, base, function(x) add_cow_majors(x, mry = FALSE)); step(way, base, add_contiguity)
step(way, base, add_capital_distance); step(way, base, function(x) add_minimum_distance(x, use_extdata = FALSE))
step(way, base, add_strategic_rivalries); step(way, base, add_igos); step(way, base, add_cow_trade); step(way, base, add_democracy)
step(way, base, add_sim_gdp_pop); step(way, base, add_archigos); step(way, base, add_gwcode_to_cow)
mids <- step(way, base, add_gml_mids); step(way, mids, add_spells)
base <- quiet(create_stateyears(system = "gw", mry = FALSE, subset_years = 1816:2020)); way <- "gw-states"
told(way, base, c("year", "microstate"))
step(way, base, add_capital_distance); step(way, base, function(x) add_minimum_distance(x, use_extdata = FALSE)); step(way, base, add_democracy)
step(way, base, add_sim_gdp_pop); step(way, base, add_archigos); step(way, base, add_ccode_to_gw)
step(way, base, add_ucdp_acd)
for (directed in c(TRUE, FALSE)) {
  way <- if (directed) "gw-directed" else "gw-undirected"
  base <- quiet(create_dyadyears(system = "gw", mry = FALSE, directed = directed, subset_years = 1816:2020))
  told(way, base, c("year", "microstate1"))
  step(way, base, add_capital_distance); step(way, base, function(x) add_minimum_distance(x, use_extdata = FALSE)); step(way, base, add_democracy)
  step(way, base, add_sim_gdp_pop); step(way, base, add_archigos); coded <- step(way, base, add_ccode_to_gw)
  step(way, coded, add_nmc); step(way, coded, add_igos)
}
cat("\n}\n")
