#!/usr/bin/env node
import { fileURLToPath } from 'node:url'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`需要 Node 20.19 或更新的版本 · needs Node 20.19 or newer, this is ${process.versions.node}`)
  process.exit(1)
}
const { runProgram } = await import('./run-program.js')
await runProgram(fileURLToPath(new URL('../cli/main.ts', import.meta.url)))
