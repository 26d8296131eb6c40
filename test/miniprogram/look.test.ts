import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectPath } from '../../scripts/project.ts'
import { filesOf } from './compiled.ts'
import { sheetsOf } from './style-sheets.ts'

const ROOT = projectPath('miniprogram')
const STYLES = filesOf(ROOT).filter((path) => path.endsWith('.wxss'))
const text = (path: string) => readFileSync(join(ROOT, path), 'utf8')

type Colour = readonly [red: number, green: number, blue: number]

const palette = new Map(
  [...text('styles/palette.wxss').matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name, hex]) => [
    name,
    colour(hex),
  ]),
)
const named = (name: string) => palette.get(name) ?? fail(`no colour ${name}`)

/** The ends of the gradient as they are seen, under the veil. */
function gradientEnds(): Colour[] {
  const gradient = /--gradient:([^;]*);/.exec(text('styles/palette.wxss'))?.[1] ?? ''
  const veil = /rgba\((\d+), (\d+), (\d+), ([\d.]+)\)/.exec(gradient)?.slice(1).map(Number) ?? []
  const [red = 0, green = 0, blue = 0, share = 0] = veil
  const blend = (over: number, under: number) => over * share + under * (1 - share)
  return [...gradient.matchAll(/#[0-9a-f]{6}/g)].map(([hex]) => {
    const under = colour(hex)
    return [blend(red, under[0]), blend(green, under[1]), blend(blue, under[2])]
  })
}

/** Where each text colour is read, all of them in small text. */
const READ_ON: Record<string, Colour[]> = {
  ink: [named('paper'), named('page'), named('tint')],
  muted: [named('paper'), named('page'), named('tint')],
  brand: [named('paper'), named('page'), named('tint'), named('notice')],
  danger: [named('paper')],
  'notice-ink': [named('notice')],
  'on-brand': gradientEnds(),
}

describe('colours', () => {
  it('come from the palette alone where they are read', () => {
    const used = STYLES.flatMap((path) =>
      [...text(path).matchAll(/(?<![\w-])color:\s*([^;]+);/g)].map(([, value]) => value),
    )
    expect([...new Set(used)].sort()).toEqual(
      Object.keys(READ_ON)
        .map((name) => `var(--${name})`)
        .sort(),
    )
  })

  it.each(Object.keys(READ_ON))('%s has a contrast of at least 4.5:1 wherever it is read', (name) => {
    const contrasts = READ_ON[name]?.map((background) => contrast(named(name), background)) ?? []
    expect(contrasts.length).toBeGreaterThan(0)
    expect(Math.min(...contrasts)).toBeGreaterThanOrEqual(4.5)
  })

  it('are those of the product: #667eea to #764ba2', () => {
    expect(text('styles/palette.wxss')).toMatch(/linear-gradient\(\d+deg, #667eea, #764ba2\)/)
  })

  it('is measured as WCAG does', () => {
    expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21)
    expect(contrast(colour('#ffffff'), colour('#667eea'))).toBeCloseTo(3.66, 1)
  })
})

describe('sizes', () => {
  const rules = STYLES.flatMap((path) =>
    [...text(path).matchAll(/([^{}]+)\{([^{}]*)\}/g)].map(([, selector = '', body = '']) => ({
      selector: selector.replace(/\/\*[\s\S]*?\*\//g, '').trim(),
      body,
      path,
    })),
  )
  /** 750 rpx are the width of the screen: on the usual 375 points, 88 rpx are 44. */
  const LEAST_TARGET_RPX = 88

  it('leave every tap target 44 points or more', () => {
    const templates = filesOf(ROOT).filter((path) => path.endsWith('.wxml'))
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
      const own = rules.filter(
        (rule) =>
          sheetsOf(path).includes(rule.path) &&
          classes.some(
            (name) =>
              name !== '' &&
              [`.${name}`, `.${name}.${name}`].some((own) => rule.selector.split(/,\s*/).includes(own)),
          ),
      )
      const heights = own.flatMap(({ body }) =>
        [...body.matchAll(/min-height:\s*(\d+)rpx/g)].map(([, rpx]) => Number(rpx)),
      )
      const isCard = classes.includes('card')
      expect({ path, classes, tall: isCard || Math.max(0, ...heights) >= LEAST_TARGET_RPX }).toMatchObject({
        tall: true,
      })
    }
  })

  it('fix no height around text, so that large fonts fit', () => {
    const fixed = rules
      .filter(({ body }) => /(?<![\w-])height:\s*\d/.test(body))
      .map(({ selector }) => selector)
    const pictures = ['.logo', '.icon', '.tick', '.mark', '.avatar', '.picture', '.arrow', '.person', '.dot']
    expect(fixed.filter((selector) => !pictures.includes(selector))).toEqual([])
  })

  it('keep clear of the home bar at the foot of every page', () => {
    for (const page of ['index', 'login', 'trips', 'account', 'devices', 'my-data', 'close-account']) {
      expect(text(`pages/${page}/${page}.wxss`)).toContain('env(safe-area-inset-bottom)')
    }
    expect(text('components/legal-document/legal-document.wxss')).toContain('env(safe-area-inset-bottom)')
  })
})

describe('for a screen reader', () => {
  it.each(filesOf(ROOT).filter((path) => path.endsWith('.wxml')))(
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
  const at = (index: number) => Number.parseInt(hex.slice(index, index + 2), 16)
  return [at(1), at(3), at(5)]
}

/** https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio */
function contrast(one: Colour, other: Colour): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

function luminance([red, green, blue]: Colour): number {
  const linear = (value: number) =>
    value <= 10 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

function fail(message: string): never {
  throw new Error(message)
}
