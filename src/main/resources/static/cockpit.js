// Beside what Cockpit shows itself: on an instance the Smart Account request that it is about, on a definition what becomes of requests, and
// what is wrong in words. The words come from the server, in the language of the browser; everything is text, whatever somebody has typed.

const TABS = "/operations/cockpit";
const CHARTS = "/webjars/chart.js/dist/chart.umd.min.js";
// Cockpit waits for this module.
const PATIENCE = 3000;
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "UTC";

/** The answer of the server; throws what to say instead. */
async function ask(path, signal) {
  const answer = await fetch(`${TABS}/${path}`, { signal });
  if (answer.ok) return answer.json();
  if (answer.status === 401) throw new Error(words.loggedOut ?? words.failed);
  const { message } = await answer.json().catch(() => ({}));
  throw new Error(message ?? words.failed);
}

/** With the zone of the reader's clock. */
const askHere = (path, signal) => ask(`${path}?zone=${encodeURIComponent(zone)}`, signal);

// Until the server has said them.
let words = { smartAccount: "Smart Account", outcomes: "Outcomes", failed: "This could not be read. Please open the tab again in a minute." };

const learnWords = async signal => { if (!words.language) words = await ask("words", signal); };

await learnWords(AbortSignal.timeout(PATIENCE)).catch(() => {});

/** An element with attributes and contents; contents that are not there are left out. */
function element(name, attributes, ...contents) {
  const made = document.createElement(name);
  Object.entries(attributes).forEach(([attribute, value]) => made.setAttribute(attribute, value));
  made.append(...contents.filter(content => content));
  return made;
}

let headings = 0;

function section(title, ...contents) {
  const id = `smart-account-${++headings}`;
  return element("section", { "aria-labelledby": id }, element("h4", { id }, title), ...contents);
}

/** Wider than a narrow window it can be pushed to and fro, by the keyboard too. */
function table(label, heads, rows, kind = "") {
  const head = element("thead", {}, element("tr", {}, ...heads.map(text => element("th", { scope: "col" }, text))));
  const body = element("tbody", {}, ...rows.map(cells => element("tr", {}, ...cells.map(cell => element("td", {}, cell)))));
  return element("div", { class: `smart-account-wide ${kind}`, tabindex: "0", role: "region", "aria-label": label },
    element("table", { class: "table table-condensed" }, head, body));
}

const small = text => text && element("small", {}, text);

const several = (...contents) => element("div", {}, ...contents);

function failure({ where, what, toDo, since, times, stopped, instance }, ofDefinition) {
  return element("li", { class: stopped ? "stopped" : "" },
    element("strong", {}, where),
    small([ofDefinition && times, since].filter(text => text).join(" · ")),
    element("p", {}, what),
    element("p", {}, toDo),
    ofDefinition && element("a", { href: `#/process-instance/${instance}/runtime?tab=smart-account` }, words.example));
}

const wrong = (failures, ofDefinition) => section(words.wrong, failures.length
  ? element("ul", { class: "smart-account-wrong" }, ...failures.map(one => failure(one, ofDefinition)))
  : element("p", {}, words.nothingWrong));

function instanceTab({ lead, address, withheld, wrong: failures, facts, timeline, emails }) {
  const intro = element("p", { class: "lead" }, lead);
  if (!facts.length) return [intro, failures.length && wrong(failures)];
  return [
    intro,
    withheld && element("p", {}, withheld),
    wrong(failures),
    section(words.request,
      element("dl", {}, ...facts.map(({ name, value }) => several(element("dt", {}, name), element("dd", {}, value)))),
      address && element("p", {}, element("a", { class: "btn btn-default", href: address }, words.open))),
    section(words.timeline, table(words.timeline, [words.at, words.what, words.by],
      timeline.map(({ at, what, by, details }) => [at, several(what, small(details)), by]))),
    section(words.emails, emails.length
      ? table(words.emails, [words.at, words.email, words.to, words.delivery], emails.map(({ at, subject, to, delivery, failed, answer }) =>
        [at, subject, to, several(failed ? element("strong", { class: "text-danger" }, delivery) : delivery, small(answer))]))
      : element("p", {}, words.noEmails)),
  ];
}

let library;

const charts = () => library ??= new Promise((done, failed) => {
  const script = element("script", { src: CHARTS });
  script.onload = () => done(window.Chart);
  script.onerror = failed;
  document.head.append(script);
});

/** A picture of what the table says, for whoever sees it. */
async function plot(canvas, numbers) {
  const Chart = await charts();
  if (!canvas.isConnected) return;
  const color = getComputedStyle(document.documentElement).getPropertyValue("--brand").trim();
  new Chart(canvas, {
    type: "bar",
    data: { labels: numbers.map(({ name }) => name), datasets: [{ label: words.requests, data: numbers.map(({ count }) => count), backgroundColor: color, maxBarThickness: 40 }] },
    options: { maintainAspectRatio: false, animation: false, plugins: { legend: { display: false } }, scales: { y: { beginAtZero: true, ticks: { precision: 0 } } } },
  });
}

const counted = (label, head, numbers) => table(label, [head, words.requests],
  numbers.map(({ name, count }) => [name, count.toLocaleString(words.language)]), "numbers");

function expiriesOf(expiries) {
  if (!expiries.length) return section(words.expiries, element("p", {}, words.noExpiries));
  const canvas = element("canvas", { "aria-hidden": "true" });
  plot(canvas, expiries).catch(() => canvas.parentElement.remove());
  return section(words.expiries, element("div", { class: "smart-account-plot" }, canvas),
    element("details", {}, element("summary", {}, words.table), counted(words.expiries, words.week, expiries)));
}

function outcomesTab({ lead, wrong: failures, counts, times, expiries }) {
  const intro = element("p", {}, lead);
  if (!counts.length) return [intro, wrong(failures, true)];
  return [
    wrong(failures, true),
    section(words.counts, intro, counted(words.counts, words.status, counts)),
    section(words.decisions, element("p", {}, times)),
    expiriesOf(expiries),
  ];
}

/** A tab that asks the server for what it shows, as soon as it is opened, and no more when it is closed. */
function tab(id, pluginPoint, priority, label, path, show) {
  let closed;
  let shown;
  return {
    id,
    pluginPoint,
    priority,
    properties: { label },
    async render(container, place) {
      closed = new AbortController();
      const { signal } = closed;
      const part = element("div", { class: "smart-account", lang: words.language ?? "en" }, element("p", { role: "status" }, words.loading ?? "…"));
      container.append(part);
      shown = part;
      try {
        await learnWords(signal);
        const answer = await askHere(path(place), signal);
        part.replaceChildren(...show(answer).filter(content => content));
      } catch (mistake) {
        if (!signal.aborted) part.replaceChildren(element("p", { role: "alert" }, mistake.message));
      }
    },
    unmount() {
      closed?.abort();
      // A chart watches its size for ever.
      shown?.querySelectorAll("canvas").forEach(canvas => window.Chart?.getChart(canvas)?.destroy());
    },
  };
}

/** In the lists of incidents, where Cockpit has the words of the exception: what they mean. */
const incidentInWords = {
  id: "incident-in-words",
  pluginPoint: "cockpit.incident.action",
  priority: 100,
  render(container, { incidentId }) {
    const button = element("button", { type: "button", class: "btn btn-default btn-sm action-button", title: words.inWords, "aria-label": words.inWords },
      element("span", { class: "glyphicon glyphicon-comment", "aria-hidden": "true" }));
    container.classList.add("smart-account-incident");
    container.append(button);
    button.addEventListener("click", async () => {
      const said = await askHere(`incidents/${incidentId}`).then(one => element("ul", { class: "smart-account-wrong" }, failure(one)),
        mistake => element("p", {}, mistake.message));
      const close = element("button", { type: "button", class: "btn btn-default" }, words.close);
      const dialog = element("dialog", { class: "smart-account request-notice", lang: words.language, "aria-label": words.wrong },
        element("h4", {}, words.wrong), said, close);
      close.addEventListener("click", () => dialog.close());
      dialog.addEventListener("close", () => dialog.remove());
      document.body.append(dialog);
      dialog.showModal();
    });
  },
};

/** Above the list of the processes, as long as something is wrong in any of them. */
const whatIsWrong = {
  id: "what-is-wrong",
  pluginPoint: "cockpit.processes.dashboard",
  priority: 10,
  async render(container) {
    const failures = await learnWords().then(() => askHere("wrong")).catch(() => []);
    if (failures.length) container.append(element("div", { class: "smart-account inner", lang: words.language }, wrong(failures, true)));
  },
};

export default [
  tab("smart-account", "cockpit.processInstance.runtime.tab", 25, words.smartAccount, place => `instances/${place.processInstanceId}`, instanceTab),
  tab("outcomes", "cockpit.processDefinition.runtime.tab", 8, words.outcomes, place => `definitions/${encodeURIComponent(place.processDefinitionId)}/outcomes`, outcomesTab),
  incidentInWords,
  whatIsWrong,
];
