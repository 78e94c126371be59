// Beside what Tasklist shows itself: the way to our other pages, and what became of a request that was submitted here. The words come from
// the server, in the language of the browser.

const SUBMISSION = /\/task\/([^/]+)\/submit-form$/;
const LOOKS = 10;
const BETWEEN_LOOKS = 1500;

/** A piece of HTML from the server; null if there is none. */
async function piece(path) {
  const answer = await fetch(path).catch(() => null);
  // Redirected is who is not logged in any more.
  if (answer?.status !== 200 || answer.redirected) return null;
  return new DOMParser().parseFromString(await answer.text(), "text/html").body.firstElementChild;
}

const pause = () => new Promise(resolve => setTimeout(resolve, BETWEEN_LOOKS));

/** Says what became of the request. When its deadline is not known yet, because the customer is only being asked, it follows. */
async function tell(path) {
  const notice = await piece(path);
  if (!notice) return;
  document.querySelector(".request-notice")?.remove();
  document.body.append(notice);
  notice.querySelector("[data-close]").addEventListener("click", () => notice.close());
  notice.addEventListener("close", () => notice.remove());
  notice.showModal();
  for (let look = 0; look < LOOKS && "undated" in notice.dataset; look++) {
    await pause();
    if (!notice.isConnected) return;
    const news = await piece(path);
    if (news && !("undated" in news.dataset)) {
      delete notice.dataset.undated;
      notice.querySelector("[data-deadline]").textContent = news.querySelector("[data-deadline]").textContent;
    }
  }
}

// Tasklist tells nobody that a form was sent, but the browser does.
new PerformanceObserver(list => {
  for (const { name, responseStatus } of list.getEntries()) {
    const task = SUBMISSION.exec(name)?.[1];
    if (task && !(responseStatus >= 400)) tell(`/requests/after-task/${task}`);
  }
}).observe({ type: "resource" });

let menu;

// Camunda's extension point for what its header offers.
export default ["requests", "help"].map((id, index) => ({
  id: `to-${id}`,
  pluginPoint: "tasklist.navbar.action",
  priority: 50 - index,
  render: async container => {
    const link = (await (menu ??= piece("/requests/tasklist-menu")))?.querySelector(`[data-to=${id}]`);
    if (link) container.append(link.cloneNode(true));
  },
}));
