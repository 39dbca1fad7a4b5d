// Before the first paint: with scripts on, only one language and one table are shown.
document.documentElement.classList.add("js");
document.documentElement.dataset.ui = navigator.language.startsWith("zh") ? "zh" : "en";
