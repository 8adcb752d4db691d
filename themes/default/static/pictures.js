// Enlarges diagrams in a dialog, fitted to the window or at full size.
(() => {
  const { all, element, words } = window.clausebook;
  const say = words.script;
  for (const figure of all(".diagram:not(.undrawn)")) {
    const drawing = figure.querySelector(".drawing");
    const button = element("button", { type: "button", className: "quiet enlarge", textContent: say.enlarge });
    button.setAttribute("aria-haspopup", "dialog");
    button.addEventListener("click", () => enlarge(drawing, button));
    drawing.after(button);
  }

  function enlarge(drawing, button) {
    const view = drawing.cloneNode(true);
    const fit = element("button", { type: "button", className: "quiet", textContent: say.full });
    const close = element("button", { type: "button", className: "quiet", textContent: say.close });
    const dialog = element("dialog", { className: "enlarged" }, element("div", { className: "row" }, fit, close), view);
    dialog.setAttribute("aria-label", drawing.getAttribute("aria-label"));
    fit.addEventListener("click", () => {
      const isFull = dialog.classList.toggle("full");
      fit.textContent = isFull ? say.fit : say.full;
    });
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
    dialog.addEventListener("close", () => { dialog.remove(); button.focus(); });
    document.body.append(dialog);
    dialog.showModal();
  }
})();
