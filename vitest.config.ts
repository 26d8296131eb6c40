import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { isExhaustive } from './test/support/exhaustive.ts'
import { LongestFirst } from './test/support/longest-first.ts'

export default defineConfig({
  test: {
    include: ['{contract,cloudfunctions,emulator,parity,scripts,test}/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    reporters: [
      'default',
      ...(process.env['GITHUB_ACTIONS'] ? ['github-actions'] : []),
      './test/support/output-scan.ts',
      './test/support/unsteady-tests.ts',
    ],
    // Tests wait for processes more than they calculate, so even two cores take two files at a time.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // No test leaves anything behind in its process, and loading everything for each file takes as long as half of them.
    isolate: false,
    // What thousands of tests ask of a busy machine may fail once. Such a test is named at the end of `npm run test:all`.
    retry: isExhaustive ? 1 : 0,
    sequence: { sequencer: LongestFirst },
    testTimeout: 30_000,
    // A busy machine takes its time.
    expect: { poll: { timeout: 15_000 } },
    hookTimeout: 30_000,
  },
})
