// Coming and going in Camunda's web applications: people log in and out on our own pages.

let leaving = false;

/** Submits the form of our page for logging out: only the server knows the token that belongs in it. */
async function leave() {
  if (leaving) return;
  leaving = true;
  try {
    const page = await (await fetch("/logout")).text();
    const form = new DOMParser().parseFromString(page, "text/html").querySelector('form[action="/logout"]');
    document.body.appendChild(form);
    form.submit();
  } catch {
    location.assign("/logout");
  }
}

// On the way down, and no further: the header's own listener would end Camunda's session only.
document.addEventListener(
  "click",
  event => {
    if (!event.target.closest?.(".logout a")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    leave();
  },
  true,
);

// The policy of Camunda's pages lets no form lead to another host, not even by a redirect of ours, as to an identity provider.
document.addEventListener("securitypolicyviolation", event => {
  if (leaving && event.effectiveDirective === "form-action") location.assign("/logout");
});

/** Camunda shows its login when the session has ended. Loaded anew, the page becomes ours. */
function comeBack() {
  const key = "smart-accounts.came-back";
  // Should the server not send us to our page, Camunda's login stays rather than being loaded over and over.
  if (Date.now() - sessionStorage.getItem(key) < 10_000) return;
  sessionStorage.setItem(key, Date.now());
  document.body.hidden = true;
  // Without the fragment, which would lead to the login again.
  location.replace(location.pathname);
}

// Camunda's extension point for what its login shows.
export default ["admin", "cockpit", "tasklist", "welcome"].map(app => ({
  id: "come-back",
  pluginPoint: `${app}.login`,
  priority: 1,
  render: comeBack,
}));
