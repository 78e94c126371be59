export default {
  app: { vendor: "Smart Account Requests", name: "Welcome" },
  // Relative to /camunda/app/welcome/; ".js" is added.
  customScripts: ["../../../login"],
  // Camunda brings these two.
  locales: { availableLocales: ["en", "de"], fallbackLocale: "en" },
  disableWelcomeMessage: true,
};
