import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { applyPlan } from '../../scripts/lib/add/apply-plan.ts'
import { readManifest } from '../../scripts/lib/add/manifest.ts'
import { type GivenOptions, settleOptions } from '../../scripts/lib/add/options.ts'
import type { Payload } from '../../scripts/lib/add/payload/payload.ts'
import type { Plan } from '../../scripts/lib/add/plan.ts'
import { planAdd } from '../../scripts/lib/add/plan-add.ts'
import { needsOf } from '../../scripts/lib/add/plan-edits.ts'
import { planRemove } from '../../scripts/lib/add/plan-remove.ts'
import { readTarget } from '../../scripts/lib/add/target/read-target.ts'
import { filesBelow } from '../../scripts/lib/files-below.ts'

/** An app of one page, in JavaScript; app.json has a comment. */
export const SMALL_APP: Readonly<Record<string, string>> = {
  'project.config.json': `{
  "miniprogramRoot": "miniprogram/",
  "cloudfunctionRoot": "functions/",
  "projectname": "tea",
  "appid": "wx0123456789abcdef"
}
`,
  'miniprogram/app.json': `{
  // 页面
  "pages": ["pages/home/home"],
  "window": { "navigationBarTitleText": "茶馆" }
}
`,
  'miniprogram/app.js': "// app.js\nApp({\n  onLaunch() {\n    wx.cloud.init({ env: 'tea-1' })\n  },\n})\n",
  'miniprogram/pages/home/home.js': 'Page({})\n',
  'miniprogram/pages/home/home.json': '{}\n',
  'miniprogram/pages/home/home.wxml': '<view>茶</view>\n',
  'functions/orders/index.js': 'exports.main = async () => ({})\n',
}

/** @returns a temporary folder with the files */
export function writeApp(files: Readonly<Record<string, string>> = SMALL_APP): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'add-')))
  for (const [path, text] of Object.entries(files)) write(folder, path, text)
  return folder
}

export function write(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}

/** Every file of a folder, and every empty folder, with its content. */
export function snapshot(folder: string): Record<string, string> {
  const paths = filesBelow(folder, /^\.git$/)
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]))
}

export function commitAll(folder: string): void {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, stdio: 'ignore' })
  git('init', '--quiet')
  git('add', '--all')
  git('-c', 'user.name=dev', '-c', 'user.email=dev@example.com', 'commit', '--quiet', '--message', 'app')
}

/** Adds or updates as the command does. @returns what it did */
export function addTo(folder: string, payload: Payload, given: GivenOptions = {}): Plan {
  const target = readTarget(folder)
  const manifest = readManifest(folder)
  const plan = planAdd(target, payload, settleOptions(target, given, manifest?.options), manifest)
  applyPlan(plan)
  return plan
}

export function removeFrom(folder: string): Plan {
  const manifest = readManifest(folder)
  if (!manifest) throw new Error('the login is not in this app')
  const plan = planRemove(readTarget(folder), manifest, needsOf([], manifest.options))
  applyPlan(plan)
  return plan
}
