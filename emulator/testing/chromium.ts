import { execFileSync, spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Flags of a browser that only shows this machine's pages and sends no other requests. */
export const CHROMIUM_FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * A browser of the Chromium family on this machine: `CHROMIUM_PATH`, else the usual places of Chrome, Chromium and
 * Edge. If there is none, fetches one and prints that; it takes a minute.
 * @throws Error with one line if there is none and none can be fetched
 */
export function findChromium(): string {
  const found = installedChromium()
  if (found) return found
  fetchChromium()
  const fetched = installedChromium()
  if (fetched) return fetched
  throw new Error(
    'No Chrome, Chromium or Edge here, and none could be fetched (apt-get install chromium; npx playwright-core install chromium): install one, or set CHROMIUM_PATH.',
  )
}

/** Installs a font with Chinese characters on Debian, because pictures of pages are full of boxes without one. */
export function ensureChineseFonts(): void {
  if (!isDebianRoot() || run('fc-list', [':lang=zh']).trim() !== '') return
  aptInstall('fonts-noto-cjk')
}

/** As `findChromium`, and fetches nothing. */
export function installedChromium(): string | undefined {
  const { CHROMIUM_PATH } = process.env
  const candidates = CHROMIUM_PATH
    ? [CHROMIUM_PATH]
    : [...onPath(), ...usualPlaces(), ...playwrightDownloads()]
  return candidates.find(isExecutable)
}

function onPath(): string[] {
  // The first is the same browser without a user interface, and takes two thirds of the time.
  const names = [
    'chromium-headless-shell',
    'google-chrome',
    'google-chrome-stable',
    'chromium',
    'chromium-browser',
    'microsoft-edge',
  ]
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return process.platform === 'win32'
    ? []
    : names.flatMap((name) => folders.map((folder) => join(folder, name)))
}

function usualPlaces(): string[] {
  if (process.platform === 'darwin') {
    const apps = ['Google Chrome', 'Chromium', 'Microsoft Edge']
    const folders = ['/Applications', join(process.env['HOME'] ?? '', 'Applications')]
    return apps.flatMap((app) => folders.map((folder) => `${folder}/${app}.app/Contents/MacOS/${app}`))
  }
  if (process.platform === 'win32') {
    const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap(
      (name) => process.env[name] ?? [],
    )
    const paths = ['Google\\Chrome', 'Chromium', 'Microsoft\\Edge'].map((name) => `${name}\\Application`)
    const programs = ['chrome.exe', 'msedge.exe']
    return roots.flatMap((root) =>
      paths.flatMap((path) => programs.map((program) => join(root, path, program))),
    )
  }
  return ['/snap/bin/chromium', '/opt/google/chrome/chrome', '/opt/microsoft/msedge/msedge']
}

/** Where `playwright-core install` puts what it downloads. */
function playwrightDownloads(): string[] {
  const home = process.env['HOME'] ?? process.env['USERPROFILE'] ?? ''
  const byPlatform: Partial<Record<NodeJS.Platform, string>> = {
    darwin: join(home, 'Library/Caches/ms-playwright'),
    win32: join(process.env['LOCALAPPDATA'] ?? home, 'ms-playwright'),
  }
  const cache = byPlatform[process.platform] ?? join(home, '.cache/ms-playwright')
  if (!existsSync(cache)) return []
  const programs = [
    'chrome-linux/chrome',
    'chrome-linux64/chrome',
    'chrome-win/chrome.exe',
    'chrome-win64/chrome.exe',
    'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
  ]
  const folders = readdirSync(cache).filter((name) => /^chromium-\d+$/.test(name))
  return folders.flatMap((folder) => programs.map((program) => join(cache, folder, program)))
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function fetchChromium(): void {
  const packages = ['chromium-headless-shell', 'chromium']
  if (isDebianRoot() && packages.some((name) => aptInstall(name, 'fonts-noto-cjk'))) return
  say('fetching a Chromium by playwright-core')
  spawnSync('npx', ['playwright-core', 'install', 'chromium'], {
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  })
}

function aptInstall(...packages: string[]): boolean {
  say(`fetching ${packages.join(' and ')} by apt-get`)
  const options = {
    stdio: ['ignore', 'ignore', 'inherit'] as const,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }
  if (spawnSync('apt-get', ['update', '-qq'], { ...options, stdio: [...options.stdio] }).status !== 0)
    return false
  const install = ['install', '-y', '-qq', '--no-install-recommends', ...packages]
  return spawnSync('apt-get', install, { ...options, stdio: [...options.stdio] }).status === 0
}

function isDebianRoot(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
}

function run(command: string, parameters: string[]): string {
  try {
    return execFileSync(command, parameters, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  } catch {
    return ''
  }
}

function say(text: string): void {
  process.stderr.write(`No browser for the tests here: ${text}, once…\n`)
}
