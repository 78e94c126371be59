export default {
  app: { vendor: "Smart Account Requests", name: "Tasklist" },
  // Relative to /camunda/app/tasklist/; ".js" is added.
  customScripts: ["../../../login", "../../../tasklist"],
  // Camunda brings these two.
  locales: { availableLocales: ["en", "de"], fallbackLocale: "en" },
  disableWelcomeMessage: true,
  // Tasklist has no keys of its own: what is not named here does not exist.
  shortcuts: {
    claimTask: { key: "ctrl+alt+c", description: "claims the task that is selected" },
    focusFilter: { key: "ctrl+shift+f", description: "goes to the first filter" },
    focusList: { key: "ctrl+alt+l", description: "goes to the first task of the list" },
    focusForm: { key: "ctrl+alt+f", description: "goes to the first field of the task's form" },
    startProcess: { key: "ctrl+alt+p", description: "lets you start a process" },
  },
};
