import { defineConfig } from "vitest/config";

const hashed = "assets/[name].[hash:12]";

// Relative addresses, so that a path prefix of a proxy works; a hash in every name but the page's own, so that browsers
// may keep what they have. The relay tells hashed names by their twelve hexadecimal digits.
export default defineConfig({
  base: "./",
  build: {
    outDir: "../bridge/downloads2mqtt/dashboard",
    emptyOutDir: true,
    target: "es2022",
    cssTarget: "esnext", // style sheets are made smaller, and nothing in them is put another way
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        hashCharacters: "hex",
        entryFileNames: `${hashed}.js`,
        chunkFileNames: `${hashed}.js`,
        assetFileNames: `${hashed}[extname]`,
      },
    },
  },
  server: {
    // `npm run dev` beside a relay that runs on its usual port.
    proxy: { "/api": { target: "http://127.0.0.1:8484", ws: true, changeOrigin: true } },
  },
  test: { include: ["tests/**/*.test.ts"], environment: "node", restoreMocks: true },
});
