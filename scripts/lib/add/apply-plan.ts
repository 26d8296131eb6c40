import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import type { Plan } from './plan.ts'

/** A file of the plan, with its text before. */
interface Step {
  file: string
  temporary: string
  before: Buffer | undefined
}

/**
 * Carries out a plan, whole or not at all: every text is first written beside its file, then all are renamed. After a
 * failure the folder is as it was.
 * @throws Error of the file system
 */
export function applyPlan({ root, writes, edits, removals, emptied }: Plan): void {
  const texts = [
    ...writes.map(({ path, text }) => ({ path, text })),
    ...edits.map(({ path, after }) => ({ path, text: after })),
  ]
  const madeFolders: string[] = []
  const steps: Step[] = []
  const done: Step[] = []
  const removed: { file: string; content: Buffer }[] = []
  try {
    for (const { path, text } of texts) steps.push(prepare(join(root, path), text, madeFolders))
    for (const step of steps) {
      renameSync(step.temporary, step.file)
      done.push(step)
    }
    for (const path of removals) {
      const file = join(root, path)
      if (!existsSync(file)) continue
      removed.push({ file, content: readFileSync(file) })
      rmSync(file)
    }
  } catch (error) {
    for (const { file, content } of removed) writeFileSync(file, content)
    for (const { file, before } of done) {
      if (before === undefined) rmSync(file, { force: true })
      else writeFileSync(file, before)
    }
    for (const { temporary } of steps) rmSync(temporary, { force: true })
    for (const folder of madeFolders.toReversed()) removeEmpty(folder)
    throw error
  }
  for (const folder of [...emptied].sort().toReversed()) removeEmpty(join(root, folder))
}

function prepare(file: string, text: string, madeFolders: string[]): Step {
  const folder = dirname(file)
  madeFolders.push(...makeFolders(folder))
  const before = existsSync(file) ? readFileSync(file) : undefined
  const temporary = `${file}.${process.pid}.login`
  writeFileSync(temporary, text, { flag: 'wx' })
  if (before !== undefined) chmodSync(temporary, statSync(file).mode)
  return { file, temporary, before }
}

/** @returns the folders that were not there, the outer before the inner */
function makeFolders(folder: string): string[] {
  const made: string[] = []
  for (let missing = folder; !existsSync(missing); missing = dirname(missing)) made.unshift(missing)
  mkdirSync(folder, { recursive: true })
  return made
}

function removeEmpty(folder: string): void {
  if (!existsSync(folder) || !lstatSync(folder).isDirectory()) return
  if (readdirSync(folder).length === 0) rmdirSync(folder)
}
