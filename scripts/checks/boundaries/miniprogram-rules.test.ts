import { describe, expect, it } from 'vitest'
import { findViolations } from './find-violations.ts'

const violationsOf = (file: string, imported: string) =>
  findViolations(new Map([[file, `import { x } from '${imported}'`]]))

describe('the boundaries of the mini-program', () => {
  it.each([
    ['the login importing a page of the app', 'auth/session/a.ts', '../../pages/p/p'],
    ['the login importing a service of the app', 'auth/session/a.ts', '../../services/trips'],
    ['the login importing the app’s configuration', 'auth/session/a.ts', '../../app-config'],
    ['the main package importing the subpackage', 'auth/session/a.ts', '../../account/services/login'],
    ['a lower layer importing a higher one', 'auth/storage/a.ts', '../session/session'],
    ['the account importing a service of the app', 'account/services/a.ts', '../../services/trips'],
    ['the account importing the app’s configuration', 'account/pages/a/a.ts', '../../../app-config'],
    ['a service of the account importing a page', 'account/services/a.ts', '../pages/login/login'],
    ['a page of the app importing an inner file of the login', 'pages/a/a.ts', '../../auth/session/session'],
    ['a page of the app importing the account', 'pages/a/a.ts', '../../account/services/login'],
    ['a service of the app importing a component', 'services/a.ts', '../auth/components/a/a'],
    ['app.ts importing an inner file of the login', 'app.ts', './auth/session/launch'],
  ])('reject %s', (_name, file, imported) => {
    expect(violationsOf(`miniprogram/${file}`, imported)).toHaveLength(1)
  })

  it.each([
    ['the app importing the login’s face', 'pages/a/a.ts', '../../auth/index.ts'],
    ['a page importing a service', 'pages/a/a.ts', '../../services/trips'],
    ['a page of the account importing a service of it', 'account/pages/a/a.ts', '../../services/login'],
    ['the account importing the login', 'account/services/a.ts', '../../auth/session/session'],
  ])('accept %s', (_name, file, imported) => {
    expect(violationsOf(`miniprogram/${file}`, imported)).toEqual([])
  })
})
