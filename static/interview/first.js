// Runs before the page is drawn. With the class, one screen is shown at a time; without it, the page is the long form.
// Nothing is laid out before there is a screen to show.
// When the interview's own script does not arrive within a while, the long form comes back, lists and rows included.
(function () {
  "use strict";
  if (!("noModule" in HTMLScriptElement.prototype) || !window.HTMLDialogElement) return;
  var root = document.documentElement;
  root.classList.add("scripted", "waiting");
  if (sessionStorage.getItem("hidden")) root.classList.add("hidden-away");
  setTimeout(function () {
    if (root.classList.contains("ready")) return;
    root.classList.remove("scripted", "waiting");
    document.querySelectorAll("noscript").forEach(function (hidden) {
      hidden.outerHTML = hidden.textContent;
    });
  }, 20000);
})();
