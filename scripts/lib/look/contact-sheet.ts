import { join } from 'node:path'
import { ControlClient } from 'wechat-cloud-emulator/control'
import { PhoneBrowser, type PhonePage } from 'wechat-cloud-emulator/testing/phone'
import { createExampleUser } from './example-user.ts'
import { describeLook, LOOKS, type Look, slugOf } from './looks.ts'
import { prepareLook, whileShown } from './open-view.ts'
import { PAGE_VIEWS, type PageView } from './page-views.ts'

const PICTURE_WIDTH = 240
const COLUMNS = 9
/** CSS pixels; a longer page is shown by its beginning. */
const MOST_HEIGHT = 1600

interface Picture {
  name: string
  png: Buffer
  faults: readonly string[]
}

/**
 * Writes a picture for each look with all pages in it, from top to bottom, and the faults of each below it.
 * @param folder that exists
 * @returns the files' paths
 */
export async function writeContactSheets(controlUrl: string, folder: string): Promise<string[]> {
  const control = new ControlClient(controlUrl)
  const browser = await PhoneBrowser.start(controlUrl)
  try {
    const files: string[] = []
    for (const look of LOOKS) {
      // People of this look alone: what others stored, and how often they called, is of no matter.
      const [openid, guestOpenid] = [`oShown-${slugOf(look)}`, `oGuest-${slugOf(look)}`]
      const stored = await createExampleUser(control, openid)
      const user = await browser.openPhone(openid, '1', look.model)
      await prepareLook(user, look, stored)
      const guest = await browser.openPhone(guestOpenid, '1', look.model)
      await prepareLook(guest, look)
      const pictures: Picture[] = []
      for (const view of PAGE_VIEWS) pictures.push(await takePicture(view.isLoggedIn ? user : guest, view))
      files.push(await writeSheet(guest, look, pictures, folder))
      await browser.closePhones()
    }
    return files
  } finally {
    await browser.stop()
  }
}

async function takePicture(phone: PhonePage, view: PageView): Promise<Picture> {
  await phone.page.bringToFront()
  return whileShown(phone, view, async () => ({
    name: view.name,
    faults: await phone.faults(),
    png: view.shows?.isInSheet ? await takeScreen(phone) : await takeWholePage(phone),
  }))
}

function takeScreen({ page }: PhonePage): Promise<Buffer> {
  return page.locator('.glass').screenshot({ animations: 'disabled' })
}

/** Makes the phone as high as the page for it. */
async function takeWholePage(phone: PhonePage): Promise<Buffer> {
  const glass = phone.page.locator('.glass')
  const screenHeight = await phone.top.evaluate((layer) => layer.clientHeight)
  const pageHeight = await phone.top.evaluate((layer) => layer.scrollHeight)
  const height = (await glass.evaluate((element) => element.clientHeight)) - screenHeight + pageHeight
  const shown = Math.min(height, MOST_HEIGHT)
  const before = phone.page.viewportSize()
  await phone.page.setViewportSize({ width: 900, height: shown + 100 })
  await glass.evaluate((element, pixels) => element.style.setProperty('height', `${pixels}px`), shown)
  const png = await takeScreen(phone)
  await glass.evaluate((element) => element.style.removeProperty('height'))
  if (before) await phone.page.setViewportSize(before)
  return png
}

async function writeSheet(
  phone: PhonePage,
  look: Look,
  pictures: readonly Picture[],
  folder: string,
): Promise<string> {
  const path = join(folder, `${slugOf(look)}.png`)
  const figures = pictures.map(
    ({ name, png, faults }) =>
      `<figure><img src="data:image/png;base64,${png.toString('base64')}"><figcaption>${name}${faults
        .map((fault) => `<br><b>${fault.replaceAll('<', '&lt;')}</b>`)
        .join('')}</figcaption></figure>`,
  )
  const { page } = phone
  await page.setViewportSize({ width: COLUMNS * (PICTURE_WIDTH + 16) + 16, height: 600 })
  await page.setContent(
    `<style>body{margin:16px;font:14px sans-serif;background:#999}main{display:flex;flex-wrap:wrap;gap:16px;align-items:start}
    figure{margin:0;width:${PICTURE_WIDTH}px}img{width:100%}b{color:#900}</style><h1>${describeLook(look)}</h1><main>${figures.join('')}</main>`,
  )
  await page.screenshot({ path, fullPage: true })
  return path
}
