/* Opens a trace in the viewer that lies beside the report; the viewer needs HTTP, so from disk it says what to do. */
window.openTrace = ({ id, ext, name }) => {
  const viewer = new URL("trace-viewer/index.html", document.baseURI);
  const served = location.protocol.startsWith("http");
  if (served && !window.allureReportData) {
    const trace = new URL(`data/attachments/${id}${ext}`, document.baseURI);
    window.open(`${viewer.href}?trace=${encodeURIComponent(trace.href)}`, "_blank", "noopener");
    return true;
  }
  const told = document.createElement("dialog");
  told.className = "rehearsal-trace";
  const say = (kind, text) => told.appendChild(Object.assign(document.createElement(kind), { textContent: text }));
  say("h2", "This trace opens over HTTP");
  say("p", "Browsers do not let a page from disk show it. Serve the folder of the run, and open the same trace there:");
  say("pre", "python -m http.server --bind 127.0.0.1 --directory reports/latest 8000\nhttp://127.0.0.1:8000/report/");
  say("p", "Or save the trace with the arrow beside it, and open the file:");
  say("pre", `python -m playwright show-trace ${String(name).replace(/[^\w.-]+/g, "-")}${ext}`);
  say("button", "Close").addEventListener("click", () => told.remove());
  document.body.appendChild(told);
  told.showModal();
  return true;
};

/* The list puts its cursor on the first scenario and scrolls there; who has not touched the page sees its head. */
const seen = ["pointerdown", "wheel", "touchmove", "keydown"];
const toTop = ({ target }) => {
  if (target.scrollTop > 0) target.scrollTop = 0;
};
const leave = () => {
  removeEventListener("scroll", toTop, true);
  seen.forEach((kind) => removeEventListener(kind, leave, true));
};
if (!location.hash) {
  addEventListener("scroll", toTop, true);
  seen.forEach((kind) => addEventListener(kind, leave, true));
  addEventListener("hashchange", leave);
}
