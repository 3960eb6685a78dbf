import { defineConfig } from 'vite';

/** The browser module is one file without imports, so that a host can serve it from anywhere. */
export default defineConfig({
  build: {
    lib: { entry: 'src/browser/sign-in.ts', formats: ['es'], fileName: 'sign-in' },
    outDir: 'dist/browser',
    emptyOutDir: true,
    sourcemap: true,
    target: 'es2022',
  },
});
