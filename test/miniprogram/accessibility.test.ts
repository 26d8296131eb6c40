import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Colour, contrastRatio } from 'wechat-cloud-emulator/contrast'
import { filesBelow } from '../../scripts/lib/files-below.ts'
import { projectPath } from '../../scripts/lib/project.ts'
import { parseColour } from '../../scripts/lib/theme/colour.ts'
import { createDarkPalette, createPalette, pictureColour } from '../../scripts/lib/theme/palette.ts'
import { createThemeFiles, withoutDarkMode } from '../../scripts/lib/theme/theme-files.ts'
import { pageRoutes, routeTo } from './page-routes.ts'
import { sheetsOf } from './style-sheets.ts'

const ROOT = projectPath('miniprogram')
const STYLES = filesBelow(ROOT).filter((path) => path.endsWith('.wxss'))
const text = (path: string) => readFileSync(join(ROOT, path), 'utf8')

/** The colours of a sheet: by name without its prefix, and the ends of the gradient as they are seen, under the veil. */
function readPalette(sheet: string, prefix: string): ReadonlyMap<string, Colour[]> {
  const variable = new RegExp(`--${prefix}([\\w-]+):\\s*([^;]*);`, 'g')
  const values = [...sheet.matchAll(variable)].map(([, name = '', value = '']) => [name, value] as const)
  return new Map(
    values.map(([name, value]) => [name, value.includes('gradient') ? ends(value) : [colour(value)]]),
  )
}

function ends(gradient: string): Colour[] {
  const veil = /rgba\((\d+), (\d+), (\d+), ([\d.]+)\)/.exec(gradient)?.slice(1).map(Number) ?? []
  const [red = 0, green = 0, blue = 0, share = 0] = veil
  const blend = (over: number, under: number) => over * share + under * (1 - share)
  return [...gradient.matchAll(/#[0-9a-f]{6}/g)].map(([hex]) => {
    const under = colour(hex)
    return [blend(red, under[0]), blend(green, under[1]), blend(blue, under[2])]
  })
}

/** Where each text colour is read, all of them in small text. */
const READ_ON: Record<string, string[]> = {
  ink: ['paper', 'page', 'tint'],
  muted: ['paper', 'page', 'tint'],
  brand: ['paper', 'page', 'tint', 'notice'],
  danger: ['paper'],
  'notice-ink': ['notice'],
  'on-brand': ['gradient'],
}

/** The part of the example's sheet for one mode. */
function exampleSheet(mode: 'light' | 'dark'): string {
  const [light = '', dark = ''] = text('styles/palette.wxss').split('@media (prefers-color-scheme: dark)')
  return mode === 'light' ? light : dark
}

const isOfLogin = (path: string) => /^(auth|account)\//.test(path)
const BRANDS = [
  '#667eea',
  '#07c160',
  '#ff6a00',
  '#ffe100',
  '#000000',
  '#ffffff',
  '#e60012',
  '#00a0ff',
  '#808080',
]

const PALETTES: [name: string, sheet: string, prefix: string][] = [
  ['the login’s', text('auth/styles/palette.wxss'), 'auth-'],
  ['the login’s in dark mode', text('auth/styles/dark.wxss'), 'auth-'],
  ['the example’s', exampleSheet('light'), ''],
  ['the example’s in dark mode', exampleSheet('dark'), ''],
  ...BRANDS.map(
    (brand) => [`a theme of ${brand}`, createPalette(brand), 'auth-'] satisfies [string, string, string],
  ),
  ...BRANDS.map(
    (brand) =>
      [`a dark theme of ${brand}`, createDarkPalette(brand), 'auth-'] satisfies [string, string, string],
  ),
]

describe.each(PALETTES)('colours: %s', (_name, sheet, prefix) => {
  const palette = readPalette(sheet, prefix)
  const named = (name: string) => palette.get(name) ?? fail(`no colour ${name}`)

  it.each(Object.keys(READ_ON))('%s has a contrast of at least 4.5:1 wherever it is read', (name) => {
    const [text = fail(name)] = named(name)
    const contrasts = (READ_ON[name] ?? [])
      .flatMap(named)
      .map((background) => contrastRatio(text, background))
    expect(contrasts.length).toBeGreaterThan(0)
    expect(Math.min(...contrasts)).toBeGreaterThanOrEqual(4.5)
  })

  it('has all that the sheets use', () => {
    const used = STYLES.filter((path) => isOfLogin(path) === (prefix !== '')).flatMap((path) =>
      [...text(path).matchAll(/var\(--([\w-]+)\)/g)].map(([, variable = '']) => variable),
    )
    const sizes = [...text('auth/styles/type.wxss').matchAll(/--([\w-]+):/g)].map(([, name = '']) => name)
    const names = [...[...palette.keys()].map((name) => `${prefix}${name}`), ...sizes]
    expect(used.filter((name) => !names.includes(name))).toEqual([])
  })
})

describe('colours', () => {
  it('of text come from the palette alone', () => {
    const used = STYLES.flatMap((path) =>
      [...text(path).matchAll(/(?<![\w-])color:\s*([^;]+);/g)].map(([, value]) => value),
    )
    const names = Object.keys(READ_ON).flatMap((name) => [`var(--${name})`, `var(--auth-${name})`])
    expect([...new Set(used)].filter((value = '') => !names.includes(value))).toEqual([])
  })

  it.each(['styles', 'auth/styles'])('are those of the product in %s: #667eea to #764ba2', (folder) => {
    expect(text(`${folder}/palette.wxss`)).toMatch(/linear-gradient\(\d+deg, #667eea, #764ba2\)/)
  })

  it.each(['', 'red', '#12345', '#12345g', 'url(x)'])('a theme of %j is refused', (brand) => {
    expect(() => createPalette(brand)).toThrow(/#rrggbb/)
  })

  it('of the login’s pictures follow the theme', () => {
    const person = 'auth/images/person.svg'
    const themed = createThemeFiles('#07c160', { [person]: text(person) })
    expect(themed[person]).toBe(text(person).replace('#7a6bd0', pictureColour('#07c160')))
    expect(themed[person]).not.toBe(text(person))
  })

  it.each(['#7a6bd0', '#7b829e', ...BRANDS.map(pictureColour)])(
    'pictures of %s are seen, light and dark',
    (hex) => {
      for (const sheet of [text('auth/styles/palette.wxss'), text('auth/styles/dark.wxss')]) {
        const [paper = fail('paper')] = readPalette(sheet, 'auth-').get('paper') ?? []
        expect(contrastRatio(colour(hex), paper)).toBeGreaterThanOrEqual(3)
      }
    },
  )

  it('of dark mode stay out of an app without it', () => {
    expect(withoutDarkMode()['auth/styles/dark.wxss']).not.toContain('{')
  })

  it('are measured as WCAG does', () => {
    expect(contrastRatio([0, 0, 0], [255, 255, 255])).toBeCloseTo(21)
    expect(contrastRatio(colour('#ffffff'), colour('#667eea'))).toBeCloseTo(3.66, 1)
  })
})

/** Pages that are one component, which keeps clear itself. */
const DOCUMENTS = ['agreement', 'privacy', 'account'].map(routeTo)

describe('sizes', () => {
  const rules = STYLES.flatMap((path) =>
    [...text(path).matchAll(/([^{}]+)\{([^{}]*)\}/g)].map(([, selector = '', body = '']) => ({
      selector: selector.replace(/\/\*[\s\S]*?\*\//g, '').trim(),
      body,
      path,
    })),
  )
  /** On the narrowest screens, 320 points, 105 rpx are that. */
  const LEAST_TARGET_POINTS = 44
  const POINTS_PER_RPX = 320 / 750

  it('leave every tap target 44 points or more', () => {
    const templates = filesBelow(ROOT).filter((path) => path.endsWith('.wxml'))
    const tapped = templates.flatMap((path) =>
      [...text(path).matchAll(/<(\w[\w-]*)(\s(?:"[^"]*"|[^">])*)>/g)].map(([, tag, attributes = '']) => ({
        path,
        tag,
        taps: attributes.includes('bindtap='),
        classes: (/\sclass="([^"]*)"/.exec(attributes)?.[1] ?? '').replace(/\{\{.*?\}\}/g, ' ').split(/\s+/),
      })),
    )
    const targets = tapped.filter(({ tag, taps }) => tag === 'button' || taps)
    expect(targets.length).toBeGreaterThan(20)
    for (const { path, classes } of targets) {
      if (classes.includes('veil')) continue
      const matching = rules.filter(
        (rule) =>
          sheetsOf(path).includes(rule.path) &&
          classes.some(
            (name) =>
              name !== '' &&
              [`.${name}`, `.${name}.${name}`].some((selector) =>
                rule.selector.split(/,\s*/).includes(selector),
              ),
          ),
      )
      const heights = matching.flatMap(({ body }) =>
        [...body.matchAll(/min-height:\s*(\d+)(r?px)/g)].map(
          ([, length, unit]) => Number(length) * (unit === 'px' ? 1 : POINTS_PER_RPX),
        ),
      )
      const isCard = classes.includes('card') || classes.includes('auth-card')
      expect({ path, classes, tall: isCard || Math.max(0, ...heights) >= LEAST_TARGET_POINTS }).toMatchObject(
        {
          tall: true,
        },
      )
    }
  })

  it('fix no height around text, so that large fonts fit', () => {
    const fixed = rules
      .filter(({ body }) => /(?<![\w-])height:\s*\d/.test(body))
      .map(({ selector }) => selector)
    const drawn = '.title-bone, .line-bone|.bone'.split('|')
    const pictures = '.logo .icon .auth-tick .auth-mark .avatar .picture .arrow .person .dot'.split(' ')
    expect(
      fixed.filter(
        (selector) => !pictures.includes(selector) && !drawn.includes(selector.replace(/\n/g, ' ')),
      ),
    ).toEqual([])
  })

  it('keep clear of the home bar at the foot of every page', () => {
    for (const page of pageRoutes().filter((route) => !DOCUMENTS.includes(route))) {
      expect(text(`${page}.wxss`)).toContain('env(safe-area-inset-bottom)')
    }
    for (const part of ['account-panel', 'legal-document']) {
      expect(text(`account/components/${part}/${part}.wxss`)).toContain('env(safe-area-inset-bottom)')
    }
  })
})

describe('for a screen reader', () => {
  it.each(filesBelow(ROOT).filter((path) => path.endsWith('.wxml')))(
    '%s names what can be tapped and hides what is only seen',
    (path) => {
      for (const [element, tag] of text(path).matchAll(/<(view|image)\s(?:"[^"]*"|[^">])*>/g)) {
        if (tag === 'image') expect(element).toMatch(/aria-(hidden|label)=/)
        else if (element.includes('bindtap')) expect(element).toMatch(/aria-(role|hidden)=/)
      }
    },
  )
})

function colour(hex = ''): Colour {
  return parseColour(hex) ?? fail(`no colour ${hex}`)
}

function fail(message: string): never {
  throw new Error(message)
}
