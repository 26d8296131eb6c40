import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { filesBelow } from '../../scripts/lib/files-below.ts'
import { projectPath } from '../../scripts/lib/project.ts'
import { sheetsOf } from './style-sheets.ts'

const ROOT = projectPath('miniprogram')
const FILES = filesBelow(ROOT)
const TEMPLATES = FILES.filter((path) => path.endsWith('.wxml'))
const text = (path: string) => readFileSync(join(ROOT, path), 'utf8')

interface Tapped {
  tag: string
  classes: readonly string[]
  /** Empty where the template names none. */
  hoverClass: string
  isHidden: boolean
}

/** What of a template answers to a finger. */
function tappedIn(template: string): Tapped[] {
  const elements = template.matchAll(/<(\w[\w-]*)(\s(?:"[^"]*"|[^">])*)>/g)
  return [...elements].flatMap(([, tag = '', attributes = '']) => {
    const attribute = (name: string) => new RegExp(`\\s${name}="([^"]*)"`).exec(attributes)?.[1] ?? ''
    const isTapped = tag === 'button' || /\sbind:?tap=/.test(attributes)
    const classes = attribute('class')
      .replace(/\{\{.*?\}\}/g, ' ')
      .split(/\s+/)
    const isHidden = attribute('aria-hidden') === 'true'
    return isTapped ? { tag, classes, hoverClass: attribute('hover-class'), isHidden } : []
  })
}

/** Whether the sheets make something look pressed. */
function looksPressed({ tag, classes, hoverClass }: Tapped, styles: string): boolean {
  if (tag !== 'button') return hoverClass !== '' && styles.includes(`.${hoverClass} {`)
  const pressed = hoverClass === '' ? 'button-hover' : hoverClass
  return classes.some((name) => name !== '' && styles.includes(`.${name}.${pressed} {`))
}

describe('a tap is answered before the cloud is', () => {
  it.each(TEMPLATES)('%s: what can be tapped looks pressed under a finger', (path) => {
    const styles = sheetsOf(path).map(text).join('\n')
    // The veil behind a sheet is no button: the sheet closes.
    const tapped = tappedIn(text(path)).filter(({ isHidden }) => !isHidden)
    expect(tapped.filter((element) => !looksPressed(element, styles))).toEqual([])
  })

  it('what looks the same would be found', () => {
    const [bare, pressed] = tappedIn(
      '<view class="a" bindtap="onA" /><view class="b" hover-class="on" bindtap="onB" />',
    )
    expect(bare && looksPressed(bare, '.on {}')).toBe(false)
    expect(pressed && looksPressed(pressed, '.off {}')).toBe(false)
    expect(pressed && looksPressed(pressed, '.on {}')).toBe(true)
  })

  it('no sheet uses :active, which stays while the page is scrolled', () => {
    const sheets = FILES.filter((path) => path.endsWith('.wxss'))
    expect(sheets.filter((path) => /:active\b/.test(text(path)))).toEqual([])
  })
})

it('animations stop for users who asked for less motion', () => {
  const sheets = FILES.filter((path) => path.endsWith('.wxss'))
  const moving = sheets.filter((path) => {
    const always = text(path).replace(/@media \(prefers-reduced-motion: no-preference\) \{[\s\S]*?\n\}/g, '')
    // Appearing after a while is no motion.
    return /(?<![\w-])(animation|transition):(?! [\w-]+-appear )/.test(always)
  })
  expect(moving).toEqual([])
})
