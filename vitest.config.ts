import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './test/longest-first.ts'

export default defineConfig({
  test: {
    include: ['{contract,cloudfunctions,emulator,scripts,test}/**/*.test.ts'],
    globalSetup: ['test/build-once.ts'],
    reporters: [
      'default',
      ...(process.env['GITHUB_ACTIONS'] ? ['github-actions'] : []),
      './test/output-scan.ts',
    ],
    // Tests wait for processes more than they calculate, so even two cores take two files at a time.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // No test leaves anything behind in its process, and loading everything anew for each file takes as long as half of them.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
})
