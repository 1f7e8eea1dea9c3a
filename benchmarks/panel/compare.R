# Times peacesciencer's own functions and prints figures to compare. Usage: Rscript compare.R SOURCE_OF_PEACESCIENCER DATA
# Needs R >= 4.1 with dplyr, tidyr, rlang, geosphere, magrittr. Its code is sourced from a checkout; nothing of it is here.
args <- commandArgs(trailingOnly = TRUE)
suppressPackageStartupMessages({library(dplyr); library(tidyr); library(rlang); library(geosphere); library(magrittr)})
read <- function(name) load(file.path(args[2], paste0(name, ".rda")), envir = globalenv())
t_read <- system.time({
  for (name in c("cow_states", "atop_alliance", "cow_nmc", "cow_contdir", "cow_capitals", "cow_mindist", "cow_majors")) read(name)
})[["elapsed"]]
load(file.path(args[1], "data", "false_cow_dyads.rda"), envir = globalenv())
for (file in c("helpymchelperson", "create_dyadyears", "add_atop_alliance", "add_nmc", "add_cow_majors", "add_contiguity",
               "add_capital_distance", "add_minimum_distance")) {
  text <- paste(readLines(file.path(args[1], "R", paste0(file, ".R"))), collapse = "\n")
  # Before dplyr 1.1 there is no `.by`: the same thing is said with group_by().
  if (packageVersion("dplyr") < "1.1.0")
    text <- gsub("(filter|slice)\\(([^,()]*(?:\\(\\))?[^,()]*),\\s*\\.by ?= ?c\\(([^)]*)\\)\\)",
                 "group_by(\\3) %>% \\1(\\2) %>% ungroup()", text, perl = TRUE)
  eval(parse(text = text), envir = globalenv())
}
# The list of states that the package takes from isard, built from COW's own list.
isard_system <- cow_states %>% transmute(ccode, cw_name = statenme,
  start = as.Date(sprintf("%d-%02d-%02d", as.integer(styear), as.integer(stmonth), as.integer(stday))),
  end = as.Date(sprintf("%d-%02d-%02d", as.integer(endyear), as.integer(endmonth), as.integer(endday))))
text <- gsub("isard::cw_system", "isard_system", deparse(create_dyadyears), fixed = TRUE)
create_dyadyears <- eval(parse(text = text))
timed <- function(label, expr) {
  spent <- tryCatch(system.time(value <- force(expr))[["elapsed"]], error = function(e) {
    cat(sprintf('"%s": null,\n', label)); message(label, ": ", conditionMessage(e)); NULL })
  if (is.null(spent)) return(NULL)
  cat(sprintf('"%s": %.3f,\n', label, spent)); value
}
sums <- function(data, columns) {
  # In the third figure every row weighs differently: it is equal only when every value stands on its own row.
  weight <- (data$ccode1 * 7 + data$ccode2 * 13 + data$year * 29) %% 1009
  for (column in columns) {
    values <- data[[column]]
    cat(sprintf('"sum:%s": %.12g,\n"missing:%s": %d,\n"place:%s": %.12g,\n', column, sum(values, na.rm = TRUE), column,
                sum(is.na(values)), column, sum(values * weight, na.rm = TRUE)))
  }
}
cat("{\n"); cat(sprintf('"read": %.3f,\n', t_read))
base <- suppressWarnings(timed("dyad_years", create_dyadyears(subset_years = 1816:2010)))
cat(sprintf('"rows": %d,\n', nrow(base)))
step <- suppressMessages(timed("alliances", add_atop_alliance(base)))
if (!is.null(step)) sums(step, c("atop_alliance", "atop_defense", "atop_offense", "atop_neutral", "atop_nonagg", "atop_consul"))
step <- suppressMessages(timed("capabilities", add_nmc(base)))
if (!is.null(step)) sums(step, c("milex1", "milper2", "tpop1", "cinc1", "cinc2"))
step <- suppressMessages(timed("majors", add_cow_majors(base)))
if (!is.null(step)) sums(step, c("cowmaj1", "cowmaj2"))
step <- suppressMessages(timed("contiguity", add_contiguity(base)))
if (!is.null(step)) sums(step, "conttype")
step <- suppressMessages(timed("capital_distance", add_capital_distance(base)))
if (!is.null(step)) sums(step, "capdist")
step <- suppressMessages(timed("minimum_distance", add_minimum_distance(base, use_extdata = FALSE)))
if (!is.null(step)) sums(step, "mindist")
cat('"end": 0\n}\n')
