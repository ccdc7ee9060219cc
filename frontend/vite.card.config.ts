import { defineConfig } from "vite";

// Home Assistant's card, from the same sources. The component serves the folder below an address that holds a hash of
// all that is in it, so names need none; what is fetched later lies beside it.
export default defineConfig({
  base: "./",
  publicDir: false,
  build: {
    outDir: "../custom_components/downloads2mqtt/frontend",
    emptyOutDir: true,
    target: "es2022",
    cssTarget: "esnext", // style sheets are made smaller, and nothing in them is put another way
    modulePreload: false,
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: "src/card/main.ts",
      output: { entryFileNames: "downloads2mqtt-card.js", chunkFileNames: "[name].js" },
    },
  },
});
