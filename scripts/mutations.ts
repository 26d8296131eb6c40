/**
 * `npm run mutations [-- PART OF A GUARD]`: breaks each guard on purpose, in a copy of the project, and runs the test
 * that must notice (see checks/mutations/mutation-table.ts). Prints a table; fails unless every mutation is noticed.
 * `-- --shard 1/4` runs a quarter of them, `-- --report FILE` writes the result as JSON.
 */
import { writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { groupByTest } from './checks/mutations/groups.ts'
import { MUTATIONS } from './checks/mutations/mutation-table.ts'
import type { Outcome, Result } from './checks/mutations/outcome.ts'
import { runInWorkers } from './checks/mutations/worker-pool.ts'
import { readArguments } from './lib/arguments.ts'
import { fail } from './lib/project.ts'
import { parseShard, shardOf } from './lib/shard.ts'

const USAGE = 'npm run mutations [-- PART OF A GUARD] [--shard 1/4] [--report FILE]'
const { values, positionals } = readArguments(USAGE, {
  allowPositionals: true,
  options: { shard: { type: 'string', default: '1/1' }, report: { type: 'string' } },
})
if (positionals.length > 1) fail(USAGE)
const [part = ''] = positionals
const shard = parseShard(values.shard)
if (!shard) fail(`--shard ${values.shard}\n${USAGE}`)
const chosen = MUTATIONS.filter(({ guard }) => guard.includes(part))
if (chosen.length === 0)
  fail(`no guard is called so; there are:\n${MUTATIONS.map(({ guard }) => guard).join('\n')}`)

const startedAt = performance.now()
const results: Result[] = []
console.log('| guard | file | test that notices | | s |\n|---|---|---|---|---|')
// A test mostly waits for processes, so even two cores take three copies.
await runInWorkers(shardOf(groupByTest(chosen), shard), availableParallelism() + 1, (result) => {
  results.push(result)
  const { mutation, outcome, seconds } = result
  const { guard, file, test, name } = mutation
  console.log(`| ${guard} | \`${file}\` | \`${test}\`: ${name} | ${outcome} | ${seconds.toFixed(1)} |`)
})
const namesOf = (areMeant: (outcome: Outcome) => boolean) =>
  results
    .filter(({ outcome }) => areMeant(outcome))
    .map(({ mutation, outcome }) => `${mutation.guard}: ${outcome}`)
const unsteady = namesOf((outcome) => outcome === 'noticed at second')
const failures = namesOf((outcome) => outcome !== 'noticed' && outcome !== 'noticed at second')
const passed = results.length - failures.length
const seconds = (performance.now() - startedAt) / 1000
console.log(`\n${results.length} guards, ${passed} noticed, ${Math.round(seconds)} s`)
if (values.report !== undefined) writeFileSync(values.report, JSON.stringify({ passed, failures, unsteady }))
if (failures.length > 0) process.exitCode = 1
