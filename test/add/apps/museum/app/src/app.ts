import { Halls } from './services/halls'

export interface MuseumApp {
  globalData: { halls: Halls }
}

App<MuseumApp>({
  globalData: { halls: new Halls() },

  onLaunch() {
    wx.cloud.init({ env: 'museum-3e6f0d4a1b2c8g7k' })
  },
})
