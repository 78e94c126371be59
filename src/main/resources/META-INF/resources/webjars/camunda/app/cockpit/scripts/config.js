export default {
  app: { vendor: "Smart Account Requests", name: "Cockpit" },
  // Relative to /camunda/app/cockpit/; ".js" is added.
  customScripts: ["../../../login"],
  disableWelcomeMessage: true,
};
