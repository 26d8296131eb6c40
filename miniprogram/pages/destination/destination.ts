import { checkLogin, failed, goHome, openPage, showTitle } from '../../auth/index'
import { destinationOf } from '../../services/destinations'
import { FavouriteHeart } from '../../services/favourite-heart'
import { loadFavourites } from '../../services/favourites'
import { recordVisit } from '../../services/history'
import { planDestination } from '../../services/planned-destination'
import { TEXTS } from '../../texts'

const USUAL_DAYS = 3

Page({
  data: {
    texts: TEXTS.destination,
    units: TEXTS.home,
    city: '',
    intro: TEXTS.destination.unknown,
    tags: [] as readonly string[],
    days: USUAL_DAYS,
    isFavourite: false,
    marking: false,
    notice: '',
  },
  /** Of this page from `onLoad` on. */
  heart: {} as FavouriteHeart,

  /** @param query of the page's address: `city`, encoded */
  async onLoad(query: { city?: string }) {
    const city = decodeURIComponent(query.city ?? '').slice(0, 40)
    const { intro, tags, days } = destinationOf(city) ?? this.data
    this.setData({ city, intro, tags, days })
    this.heart = new FavouriteHeart(this, TEXTS.favourites)
    this.heart.start()
    if (city === '' || !(await checkLogin())) return
    recordVisit(city)
    await loadFavourites().catch(() => failed('INVALID_RESPONSE'))
    this.heart.refresh()
  },

  onReady() {
    showTitle(TEXTS.destination.title)
  },

  onShow() {
    this.heart.refresh()
  },

  onUnload() {
    this.heart.stop()
  },

  onHeart() {
    this.heart.tap()
  },

  onPlan() {
    const { city, days } = this.data
    planDestination({ city, days })
    goHome()
  },

  onFavourites() {
    openPage('/pages/favourites/favourites', this.route)
  },
})
