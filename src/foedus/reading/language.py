"""Which language a text is in, or None where it is too short to say."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

# Languages with a press of their own; fewer candidates make short texts safer.
LANGUAGES = [
    "af",
    "am",
    "ar",
    "az",
    "be",
    "bg",
    "bn",
    "bs",
    "ca",
    "cs",
    "cy",
    "da",
    "de",
    "el",
    "en",
    "es",
    "et",
    "eu",
    "fa",
    "fi",
    "fr",
    "ga",
    "gl",
    "gu",
    "he",
    "hi",
    "hr",
    "hu",
    "hy",
    "id",
    "is",
    "it",
    "ja",
    "ka",
    "kk",
    "km",
    "kn",
    "ko",
    "ku",
    "ky",
    "la",
    "lo",
    "lt",
    "lv",
    "mk",
    "ml",
    "mn",
    "mr",
    "ms",
    "mt",
    "my",
    "ne",
    "nl",
    "no",
    "pa",
    "pl",
    "ps",
    "pt",
    "ro",
    "ru",
    "rw",
    "si",
    "sk",
    "sl",
    "so",
    "sq",
    "sr",
    "sv",
    "sw",
    "ta",
    "te",
    "tg",
    "th",
    "tl",
    "tr",
    "uk",
    "ur",
    "uz",
    "vi",
    "zh",
    "zu",
]
_ENGLISH = re.compile(
    r"\b(?:the|of|and|to|in|that|is|was|for|on|with|said|has|have|its|by|at|as|from|which|would|not)\b"
)
_WORD = re.compile(r"[^\W\d_]+")
_NAMED = 5
"""Texts in other languages that are told one by one."""
_SAMPLE = 3000
_LEAST_LETTERS = 24
_LEAST_PROBABILITY = 0.5


def detect(text: str, declared: str | None = None) -> str | None:
    """ISO 639-1 code of the language of `text`; `declared` decides where the text alone does not.

    Plain English is recognised by its small words without loading the model, which takes longer than to read a page.
    """
    sample = " ".join(text[:_SAMPLE].split())
    words = _WORD.findall(sample)
    if (len(words) >= 25 and sample.isascii()) or (_mostly_ascii(sample) and len(words) >= 60):
        known = len(_ENGLISH.findall(sample.lower()))
        if known >= 0.22 * len(words):
            return "en"
    fallback = normal(declared)
    if sum(map(len, words)) < _LEAST_LETTERS and not _dense(sample):
        return fallback
    language, probability = _model().classify(sample)
    if probability >= _LEAST_PROBABILITY or (fallback is None and probability >= 0.4 and len(words) >= 12):
        return str(language)
    return fallback


def uncoded(told: Iterable[tuple[str, str | None]]) -> list[str]:
    """Lines on texts (by title and language) that are not coded for their language: a few, then their number."""
    names = [(" ".join(title.split())[:80], language) for title, language in told if language not in (None, "en")]
    lines = [f"{title}: in another language ({language}); only English is coded" for title, language in names[:_NAMED]]
    if len(names) > _NAMED:
        lines.append(f"and {len(names) - _NAMED:,} more in other languages; only English is coded")
    return lines


def certainty(text: str) -> float:
    """How surely `text` is words of some language, 0 to 1."""
    return float(_model().classify(" ".join(text[:_SAMPLE].split()))[1])


def normal(code: str | None) -> str | None:
    """`en-US`, `EN_us`, `eng` and `English` as `en`; None for what is no language code."""
    if not code:
        return None
    short = re.split(r"[-_ ,;]", code.strip().lower())[0]
    names = {
        "english": "en",
        "eng": "en",
        "french": "fr",
        "fra": "fr",
        "fre": "fr",
        "german": "de",
        "deu": "de",
        "ger": "de",
        "spanish": "es",
        "spa": "es",
        "russian": "ru",
        "rus": "ru",
        "arabic": "ar",
        "ara": "ar",
        "chinese": "zh",
        "zho": "zh",
        "mandarin": "zh",
        "persian": "fa",
        "farsi": "fa",
        "fas": "fa",
        "hebrew": "he",
        "heb": "he",
        "iw": "he",
        "turkish": "tr",
        "tur": "tr",
        "ukrainian": "uk",
        "ukr": "uk",
        "portuguese": "pt",
        "por": "pt",
        "italian": "it",
        "ita": "it",
        "japanese": "ja",
        "jpn": "ja",
        "korean": "ko",
        "kor": "ko",
        "polish": "pl",
        "hindi": "hi",
        "urdu": "ur",
        "dutch": "nl",
        "swedish": "sv",
        "greek": "el",
        "romanian": "ro",
        "serbian": "sr",
        "indonesian": "id",
        "vietnamese": "vi",
        "armenian": "hy",
        "georgian": "ka",
        "azerbaijani": "az",
        "pashto": "ps",
    }
    short = names.get(short, short)
    return short if re.fullmatch(r"[a-z]{2,3}", short) else None


def _mostly_ascii(sample: str) -> bool:
    return len(sample.encode("utf-8", "replace")) < 1.04 * len(sample) + 4


def _dense(sample: str) -> bool:
    """Scripts in which a few characters are already a sentence."""
    return sum("\u3040" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7af" for char in sample) >= 6


@cache
def _model() -> Any:
    from py3langid import langid

    maker = langid.LanguageIdentifier
    # 0.3 and 0.4 of py3langid name the same door differently.
    load = getattr(maker, "from_model_file", None) or maker.from_pickled_model
    model = load(langid.MODEL_FILE, norm_probs=True)
    known = set(model.nb_classes)
    model.set_languages([code for code in LANGUAGES if code in known])
    return model
