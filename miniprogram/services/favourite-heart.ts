import { continueAfterLogin, ERROR_TEXTS, onSessionChange, requireLogin, sameLogin } from '../auth/index'
import { addFavourite, favourites, isKnownFavourite, removeFavourite } from './favourites'

interface HeartState {
  /** The destination on the page. */
  city: string
  isFavourite: boolean
  /** The cloud is being asked. */
  marking: boolean
  notice: string
}

interface HeartPage {
  data: HeartState
  setData(data: Partial<HeartState>): void
}

interface HeartTexts {
  marked: string
  unmarked: string
}

/**
 * The heart of a page with one destination. Call `start` in `onLoad`, `stop` in `onUnload`, and `refresh` when the page
 * shows another destination.
 */
export class FavouriteHeart {
  page: HeartPage
  texts: HeartTexts
  stopListening = () => {}

  constructor(page: HeartPage, texts: HeartTexts) {
    this.page = page
    this.texts = texts
  }

  start(): void {
    const stops = [onSessionChange(() => this.refresh()), favourites.onChange(() => this.refresh())]
    this.stopListening = () => {
      for (const stop of stops) stop()
    }
    this.refresh()
  }

  stop(): void {
    this.stopListening()
  }

  refresh(): void {
    // Meanwhile the heart shows what the user wants.
    if (this.page.data.marking) return
    const isFavourite = isKnownFavourite(this.page.data.city.trim())
    if (isFavourite !== this.page.data.isFavourite) this.page.setData({ isFavourite })
  }

  async tap(): Promise<void> {
    if (this.page.data.marking) return
    this.page.setData({ marking: true, notice: '' })
    try {
      await requireLogin(() => this.toggle())
    } finally {
      this.showKnown()
    }
  }

  /** The heart changes at the tap, and back if that fails. */
  async toggle(): Promise<void> {
    const isFavourite = !this.page.data.isFavourite
    this.page.setData({ marking: true, isFavourite })
    const isCurrent = sameLogin()
    const city = this.page.data.city.trim()
    const outcome = await (isFavourite ? addFavourite(city) : removeFavourite(city))
    this.showKnown()
    if (outcome.ok) {
      wx.showToast({ title: isFavourite ? this.texts.marked : this.texts.unmarked, icon: 'none' })
    } else if (outcome.failure === 'SIGNED_OUT') {
      // The login page is open; this goes on after it.
      continueAfterLogin(() => this.toggle())
    } else if (isCurrent() || outcome.failure === 'ACCOUNT_DISABLED') {
      // ACCOUNT_DISABLED ended this login, and is shown here.
      this.page.setData({ notice: ERROR_TEXTS[outcome.failure] })
    }
  }

  showKnown(): void {
    this.page.setData({ marking: false })
    this.refresh()
  }
}
