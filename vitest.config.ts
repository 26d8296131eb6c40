import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{contract,cloudfunctions,emulator,scripts,test}/**/*.test.ts'],
    globalSetup: ['test/build-once.ts'],
    reporters: [
      'default',
      ...(process.env['GITHUB_ACTIONS'] ? ['github-actions'] : []),
      './test/output-scan.ts',
    ],
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
})
