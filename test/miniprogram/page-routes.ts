import { readFileSync } from 'node:fs'
import { projectPath } from '../../scripts/lib/project.ts'

interface AppJson {
  pages: string[]
  subPackages: { root: string; pages: string[] }[]
}

/** Routes of all pages of the mini-program, those of its subpackages included, the first page first. */
export function pageRoutes(): string[] {
  const { pages, subPackages } = JSON.parse(
    readFileSync(projectPath('miniprogram/app.json'), 'utf8'),
  ) as AppJson
  return [...pages, ...subPackages.flatMap((part) => part.pages.map((page) => `${part.root}/${page}`))]
}

/** The route of a page by its own name: `account/pages/login/login` for `login`. */
export function routeTo(name: string): string {
  const route = pageRoutes().find((candidate) => candidate.endsWith(`/${name}`))
  if (!route) throw new Error(`no page ${name}`)
  return route
}
