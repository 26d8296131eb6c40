interface AppOption {
  globalData: { launchedAt: number }
}
