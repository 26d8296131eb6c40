/**
 * `npm run trace -- "<stack from the cloud's log>"`, or `npm run trace < file`: prints the text with places in the
 * sources, from the source maps that `npm run build` keeps in dist/source-maps.
 */
import { text as readText } from 'node:stream/consumers'
import { readArguments } from './lib/arguments.ts'
import { SOURCE_MAPS_FOLDER } from './lib/build/build-project.ts'
import { fail, projectPath } from './lib/project.ts'
import { TraceError, trace } from './lib/trace/trace.ts'

const USAGE =
  'npm run trace -- [--function <云函数 function>] "<云端日志里的调用栈 stack from the cloud’s log>"，或 or npm run trace < 文件 file'

const { values, positionals } = readArguments(USAGE, {
  options: { function: { type: 'string' } },
  allowPositionals: true,
})
if (positionals.length > 1 || (positionals.length === 0 && process.stdin.isTTY)) fail(USAGE)
const text = positionals[0] ?? (await readText(process.stdin))
try {
  const traced = trace(text, {
    sourceMaps: SOURCE_MAPS_FOLDER,
    project: projectPath('.'),
    ...(values.function === undefined ? {} : { functionName: values.function }),
  })
  for (const warning of traced.warnings) console.error(warning)
  if (traced.places === 0) process.exit(1)
  console.log(traced.text.trimEnd())
} catch (error) {
  if (!(error instanceof TraceError)) throw error
  fail(error.message)
}
