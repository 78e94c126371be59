export default {
  app: { vendor: "Smart Account Requests", name: "Cockpit" },
  // Relative to /camunda/app/cockpit/; ".js" is added.
  customScripts: ["../../../login", "../../../cockpit"],
  // Camunda brings these two.
  locales: { availableLocales: ["en", "de"], fallbackLocale: "en" },
  disableWelcomeMessage: true,
};
