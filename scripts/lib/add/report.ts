import { createTwoFilesPatch } from 'diff'
import type { Kept, Plan } from './plan.ts'

const REASONS: Readonly<Record<Kept['reason'], string>> = {
  edited: '你改过，未改动 · edited by you, left as it is',
  built: '由 login-functions 编译，请再编译一次 · built from login-functions: build it again',
  deleted: '你删掉了，不再写入 · deleted by you, not written again',
  obsolete: '新版本不再需要，但你改过，未删除 · no longer needed, but edited by you: left',
}

/** What a plan does, as lines for the terminal. @param isDetailed names every file, not only folders */
export function describePlan({ writes, removals, edits, kept, notes }: Plan, isDetailed: boolean): string {
  const created = writes.filter(({ isNew }) => isNew).map(({ path, text }) => ({ path, bytes: sizeOf(text) }))
  const updated = writes
    .filter(({ isNew }) => !isNew)
    .map(({ path, text }) => ({ path, bytes: sizeOf(text) }))
  const removed = removals.map((path) => ({ path, bytes: 0 }))
  const lines = [
    ...group('+', created, isDetailed),
    ...group('~', updated, isDetailed),
    ...group('-', removed, isDetailed),
    ...edits.flatMap(({ path, before, after }) => [`~ ${path}`, ...diffLines(path, before, after)]),
    ...kept.flatMap(({ path, reason, diff }) => [
      `! ${path}  ${REASONS[reason]}`,
      ...(diff === undefined ? [] : limited(diff)),
    ]),
    ...notes.map((note) => `! ${note}`),
  ]
  return lines.join('\n')
}

interface Listed {
  path: string
  bytes: number
}

function group(mark: string, files: readonly Listed[], isDetailed: boolean): string[] {
  if (isDetailed)
    return files.map(({ path, bytes }) => `${mark} ${path}${bytes > 0 ? `  ${kilobytes(bytes)}` : ''}`)
  const folders = new Map<string, Listed[]>()
  for (const file of files) {
    const folder = file.path.split('/').slice(0, 2).join('/')
    folders.set(folder, [...(folders.get(folder) ?? []), file])
  }
  return [...folders].map(([folder, inside]) => {
    const bytes = inside.reduce((sum, file) => sum + file.bytes, 0)
    const isFile = inside.length === 1 && inside[0]?.path === folder
    const count = isFile ? '' : `/  ${inside.length} 个文件 files`
    return `${mark} ${folder}${count}${bytes > 0 ? `  ${kilobytes(bytes)}` : ''}`
  })
}

function diffLines(path: string, before: string, after: string): string[] {
  const patch = createTwoFilesPatch(path, path, before, after, '', '', { context: 1 })
  return limited(patch.slice(patch.indexOf('@@')))
}

/** Lines of a built function may be long. */
function limited(diff: string): string[] {
  const lines = diff
    .trimEnd()
    .split('\n')
    .map((line) => `    ${line.trimEnd().slice(0, 160)}`)
  const most = 60
  return lines.length <= most
    ? lines
    : [...lines.slice(0, most), `    … ${lines.length - most} 行 more lines`]
}

function sizeOf(text: string): number {
  return Buffer.byteLength(text)
}

function kilobytes(bytes: number): string {
  return `${Math.max(1, Math.round(bytes / 1024))} KB`
}
