import { readArguments } from '../arguments.ts'
import { fail } from '../project.ts'
import { Prompt } from '../prompt.ts'
import { applyPlan } from './apply-plan.ts'
import { askOptions } from './ask-options.ts'
import { FLAGS, type Flags, givenOptions, usageOf } from './flags.ts'
import { MANIFEST_FILE, type Manifest, readManifest } from './manifest.ts'
import { nextSteps, notesOn } from './next-steps.ts'
import { settleOptions } from './options.ts'
import type { Payload } from './payload/payload.ts'
import type { Plan } from './plan.ts'
import { planAdd } from './plan-add.ts'
import { needsOf } from './plan-edits.ts'
import { planRemove } from './plan-remove.ts'
import { Refusal } from './refusal.ts'
import { refuseUncommitted } from './refuse-uncommitted.ts'
import { describePlan } from './report.ts'
import { readTarget } from './target/read-target.ts'
import type { Target } from './target/target.ts'

/** How the command is started, and where its files come from. */
export interface AddContext {
  /** Such as `npm run add --`. */
  command: string
  /** The app's folder if `--to` is absent; undefined if it must be given. */
  folder: string | undefined
  payload: () => Promise<Payload>
}

/** Adds the login to an app, updates it there, or takes it out. Ends the program with one line if it refuses. */
export async function runAdd(context: AddContext): Promise<void> {
  const usage = usageOf(context.command, context.folder === undefined)
  const flags: Flags = readArguments(usage, { options: FLAGS }).values
  try {
    await run(context, flags)
  } catch (error) {
    if (error instanceof Refusal) fail(error.message)
    throw error
  }
}

async function run(context: AddContext, flags: Flags): Promise<void> {
  const folder = flags.to ?? context.folder
  if (folder === undefined) throw new Refusal(usageOf(context.command, true))
  const target = readTarget(folder)
  const manifest = readManifest(target.root)
  if (!flags['dry-run']) refuseUncommitted(target.root, manifest, flags.dirty)
  const prompt = flags.yes || flags['dry-run'] ? undefined : new Prompt()
  try {
    if (flags.remove) return await finish(flags, removalOf(target, manifest), '已移除 · taken out', prompt)
    const given = givenOptions(flags)
    const known = settleOptions(target, given, manifest?.options)
    const isFirst = manifest === undefined
    const options = prompt && isFirst ? await askOptions(prompt, target, known, given) : known
    const plan = planAdd(target, await context.payload(), options, manifest)
    if (isFirst) plan.notes.push(...notesOn(target, options))
    await finish(flags, plan, isFirst ? nextSteps(target, options) : '已更新 · updated', prompt)
  } finally {
    prompt?.close()
  }
}

function removalOf(target: Target, manifest: Manifest | undefined): Plan {
  if (!manifest) {
    throw new Refusal(
      `没有 ${MANIFEST_FILE}，登录不是由这个命令加进去的 · this command did not add the login here`,
    )
  }
  return planRemove(target, manifest, needsOf([], manifest.options))
}

async function finish(flags: Flags, plan: Plan, done: string, prompt: Prompt | undefined): Promise<void> {
  const { writes, edits, removals } = plan
  console.log(describePlan(plan, flags['dry-run']))
  if (writes.length + edits.length + removals.length === 0) {
    console.log('没有要改动的 · nothing to change')
    return
  }
  if (flags['dry-run']) {
    console.log('只是预览，什么都没有写入 · a dry run: nothing was written')
    return
  }
  const answer = prompt ? await prompt.ask('写入这些改动吗？ · write this? [y/N] ') : 'y'
  if (!/^y(es)?$/i.test(answer ?? '')) throw new Refusal('什么都没有写入 · nothing was written')
  applyPlan(plan)
  console.log(done)
}
