export default {
  app: { vendor: "Smart Account Requests", name: "Admin" },
  // Relative to /camunda/app/admin/; ".js" is added.
  customScripts: ["../../../login"],
  disableWelcomeMessage: true,
};
