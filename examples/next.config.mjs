/** @type {import("next").NextConfig} */
export default {
  i18n: { locales: ["fr", "en"], defaultLocale: "fr" },
};
