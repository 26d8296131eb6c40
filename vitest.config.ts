import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{contract,cloudfunctions,emulator,scripts,test}/**/*.test.ts'],
    globalSetup: ['test/build-once.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
})
