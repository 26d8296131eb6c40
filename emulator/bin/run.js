/** `node run.js PROGRAM.ts [ARGUMENTS]` runs a program as `runProgram` does. */
import { resolve } from 'node:path'
import { runProgram } from './run-program.js'

const source = resolve(process.argv[2] ?? '')
process.argv.splice(1, 2, source)
await runProgram(source)
