import { contrastOf } from './contrast.ts'
import { type Box, isShown, type Seen, targetsIn, textsIn } from './seen.ts'

const PAGE_ON_TOP = '.wx-page-layer:not([inert])'
const LEAST_CONTRAST = 4.5
/** CSS pixels, each way. */
const LEAST_TARGET = 44
/** Lengths are rounded when they are drawn. */
const TOLERANCE = 1
const LOADING = '[aria-busy="true"]'
const BUTTONS = 'button, wx-button, [role="button"], [role="link"]'
/** A button with a variable of `dialogs.ts`. */
const COLOURED_BY_PROGRAM = '[style*="--given"]'
const FAULTY_WORD = /undefined|null|NaN|\[object/

/**
 * Checks the page on top as it is drawn, or a dialog of its own that is open.
 * @returns what an eye or a finger stumbles over, one line each: text that is cut, covered, faint or missing, what is too
 * small to tap, and what reaches out of the screen
 */
export function checkPage(): string[] {
  const layer = document.querySelector<HTMLElement>(PAGE_ON_TOP)
  if (!layer) return ['没有页面 · no page']
  const dialogs = [...layer.querySelectorAll('[role="dialog"]')].filter(isShown)
  const root = dialogs.at(-1) ?? layer
  const texts = textsIn(root)
  const targets = targetsIn(root)
  return distinct([
    ...checkGeometry(root, layer, texts, targets),
    ...texts.flatMap(checkContrast),
    ...targets.flatMap(checkSize),
  ])
}

/**
 * Checks a dialog or sheet of WeChat's. Its sizes and colours are WeChat's own, except those that the mini-program gives.
 * @param glass the phone's whole screen
 */
export function checkSheet(box: Element, glass: HTMLElement): string[] {
  const texts = textsIn(box)
  return distinct([
    ...checkGeometry(box, glass, texts, targetsIn(box)),
    ...texts.filter(({ element }) => element.matches(COLOURED_BY_PROGRAM)).flatMap(checkContrast),
  ])
}

const distinct = (findings: readonly string[]) => [...new Set(findings)]

/** @param frame what must hold all of it */
function checkGeometry(
  root: Element,
  frame: HTMLElement,
  texts: readonly Seen[],
  targets: readonly Seen[],
): string[] {
  return [
    ...checkWords(root, texts, targets),
    ...checkWidth(frame, [...texts, ...targets]),
    ...texts.flatMap((text) => checkClipping(text, frame)),
    ...texts.flatMap(({ brokenWords }) =>
      brokenWords.map((word) => `单词被拆到两行 · a word goes on in the next line: ${word}`),
    ),
    ...overlapsIn(texts).map(([one, other]) => `文字重叠 · texts overlap: ${one} / ${other}`),
    ...overlapsIn(targets).map(([one, other]) => `点击区域重叠 · tap targets overlap: ${one} / ${other}`),
  ]
}

function checkWords(root: Element, texts: readonly Seen[], targets: readonly Seen[]): string[] {
  const faulty = texts.filter(({ text }) => FAULTY_WORD.test(text))
  const unnamed = targets.filter(({ name, element }) => name === '' && element.localName !== 'wx-input')
  const headings = [...root.querySelectorAll('[role="heading"]')].filter(isShown)
  return [
    ...faulty.map(({ text }) => `缺少内容 · a word is missing: ${text}`),
    ...unnamed.map(({ element }) => `没有名字 · has no name: ${element.className || element.localName}`),
    ...(headings.some(({ textContent }) => textContent?.trim() === '')
      ? ['空的标题 · an empty heading']
      : []),
    ...(texts.length === 0 && !root.querySelector(LOADING) ? ['页面是空的 · the page is empty'] : []),
  ]
}

function checkWidth(frame: HTMLElement, seen: readonly Seen[]): string[] {
  const { clientWidth, scrollWidth } = frame
  const start = frame.getBoundingClientRect().left
  const isOutside = ({ left, right }: Box) =>
    left < start - TOLERANCE || right > start + clientWidth + TOLERANCE
  return [
    ...(scrollWidth > clientWidth + TOLERANCE
      ? [`页面太宽 · the page is ${scrollWidth - clientWidth} px too wide`]
      : []),
    ...seen
      .filter(({ boxes }) => boxes.some(isOutside))
      .map(({ name }) => `超出屏幕 · reaches out of the screen: ${name}`),
  ]
}

/** Text that a box around it cuts, shortens or does not hold. */
function checkClipping({ element, name, boxes }: Seen, frame: Element): string[] {
  const findings: string[] = []
  for (let box: Element | null = element; box && box !== frame; box = box.parentElement) {
    const { overflowX, overflowY, display, textOverflow } = getComputedStyle(box)
    if (display === 'inline') continue
    const edges = box.getBoundingClientRect()
    const isCut =
      (hides(overflowX) && boxes.some((part) => leavesX(part, edges))) ||
      (hides(overflowY) && boxes.some((part) => leavesY(part, edges)))
    if (isCut) findings.push(`文字被截断 · cut off: ${name}`)
    if (textOverflow === 'ellipsis' && box.scrollWidth > box.clientWidth + TOLERANCE)
      findings.push(`文字被省略 · shortened: ${name}`)
  }
  const button = element.closest(BUTTONS)?.getBoundingClientRect()
  if (button && boxes.some((part) => leavesX(part, button) || leavesY(part, button)))
    findings.push(`文字超出按钮 · reaches out of its button: ${name}`)
  return findings
}

const hides = (overflow: string) => overflow === 'hidden' || overflow === 'clip'

const leavesX = (part: Box, edges: Box) =>
  part.left < edges.left - TOLERANCE || part.right > edges.right + TOLERANCE

const leavesY = (part: Box, edges: Box) =>
  part.top < edges.top - TOLERANCE || part.bottom > edges.bottom + TOLERANCE

/** WCAG asks no contrast of what is disabled. */
function checkContrast({ element, name }: Seen): string[] {
  if (element.closest('[disabled], [aria-disabled="true"]')) return []
  const contrast = contrastOf(element)
  return contrast < LEAST_CONTRAST ? [`对比度 · contrast of ${contrast.toFixed(2)}: ${name}`] : []
}

function checkSize({ name, boxes }: Seen): string[] {
  const sizes = boxes.map(({ left, top, right, bottom }) => [right - left, bottom - top] as const)
  return sizes
    .filter((size) => Math.min(...size) < LEAST_TARGET - TOLERANCE / 2)
    .map(
      ([width, height]) => `太小 · too small to tap: ${name} (${Math.round(width)} × ${Math.round(height)})`,
    )
}

function overlapsIn(seen: readonly Seen[]): [string, string][] {
  return seen.flatMap((one, index) =>
    seen
      .slice(index + 1)
      .filter((other) => !isAround(one, other) && !isAround(other, one))
      .filter((other) => one.boxes.some((box) => other.boxes.some((its) => overlap(box, its))))
      .map((other): [string, string] => [one.name, other.name]),
  )
}

const isAround = (outer: Seen, inner: Seen) =>
  outer.element !== inner.element && outer.element.contains(inner.element) && outer.boxes.length === 1

/** The boxes of lines that follow each other touch. */
function overlap(one: Box, other: Box): boolean {
  const width = Math.min(one.right, other.right) - Math.max(one.left, other.left)
  const height = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top)
  return width > 2 && height > 4
}
