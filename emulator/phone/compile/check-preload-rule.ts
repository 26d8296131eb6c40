import type { Finding } from './check-packages.ts'
import { lineOf } from './json-source.ts'
import type { Packages } from './packages.ts'

/** Stands for the main package. */
const MAIN_PACKAGE = '__APP__'
const NETWORKS: readonly unknown[] = ['all', 'wifi']
/** Of all packages that the pages of one package preload. */
const PRELOAD_LIMIT_BYTES = 2 * 1024 * 1024

interface PreloadRuleSource {
  rule: unknown
  /** Text of app.json. */
  text: string
  /** All pages, subpackages included. */
  pages: readonly string[]
  packages: Packages
}

/**
 * Finds what WeChat's tools refuse in `preloadRule` (分包预下载): a key that is no page, a package that has neither such
 * a root nor such a name, an unknown network.
 * Source: https://developers.weixin.qq.com/miniprogram/dev/framework/subpackages/preload.html
 */
export function checkPreloadRule({ rule, text, pages, packages }: PreloadRuleSource): Finding[] {
  if (rule === undefined) return []
  const rules = recordOf(rule)
  if (!rules) return [{ line: lineOf(text, 'preloadRule'), message: 'preloadRule 应为 object' }]
  return Object.entries(rules).flatMap(([page, value]) => {
    const field = `preloadRule["${page}"]`
    const line = lineOf(text, 'preloadRule', page)
    const { network, packages: names } = recordOf(value) ?? {}
    const findings: Finding[] = []
    const add = (message: string) => findings.push({ line, message })
    if (network !== undefined && !NETWORKS.includes(network)) add(`${field}.network 应为 all 或 wifi`)
    if (!isTexts(names)) add(`${field}.packages 应为 string 的 array`)
    // Without subpackages, the tools look no further.
    if (packages.subpackages.length === 0) return findings
    if (!pages.includes(page)) add(`${field}：页面路径 未找到`)
    for (const name of isTexts(names) ? names : []) {
      if (name !== MAIN_PACKAGE && !findPackage(packages, name)) {
        const nameLine = lineOf(text, 'preloadRule', page, name)
        findings.push({ line: nameLine, message: `${field}.packages：${name} 未找到` })
      }
    }
    return findings
  })
}

/**
 * Finds packages whose pages together preload more than WeChat's limit. WeChat counts the compiled code, which is
 * smaller than the source.
 * @param bytesOf size of the source of a subpackage, or of the main package
 */
export function checkPreloadSize(
  { rule, text, packages }: PreloadRuleSource,
  bytesOf: (root: string | undefined) => number,
): Finding[] {
  const preloaded = new Map<string | undefined, Set<string | undefined>>()
  for (const [page, value] of Object.entries(recordOf(rule) ?? {})) {
    const names = recordOf(value)?.['packages']
    const root = packages.packageOf(page)?.root
    const roots = (isTexts(names) ? names : []).map((name) => findPackage(packages, name)?.root)
    preloaded.set(root, new Set([...(preloaded.get(root) ?? []), ...roots]))
  }
  return [...preloaded].flatMap(([root, roots]): Finding[] => {
    const bytes = [...roots].reduce((sum, preloadedRoot) => sum + bytesOf(preloadedRoot), 0)
    if (bytes <= PRELOAD_LIMIT_BYTES) return []
    const user = root === undefined ? '主包' : `分包 ${root} `
    const megabytes = (bytes / 1024 / 1024).toFixed(1)
    const message = `${user}的页面一共预下载 ${megabytes} MB 源码，微信的限额是 2 MB（按编译后的大小）`
    return [{ line: lineOf(text, 'preloadRule'), message }]
  })
}

function findPackage({ subpackages }: Packages, name: string) {
  const root = `${name}/`.replace(/\/+$/, '/')
  return subpackages.find((candidate) => candidate.name === name || candidate.root === root)
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isRecord ? (value as Record<string, unknown>) : undefined
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}
