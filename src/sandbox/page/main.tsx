import '@infolektuell/noto-color-emoji/index.css'
import { render } from 'preact'
import { App } from './App'
import { runClock } from './state/clock'
import { followProgress } from './state/progress'
import { listen } from './state/stream'
import './styles/main.css'

const root = document.querySelector('#page')
if (root) {
  render(<App />, root)
  runClock()
  followProgress()
  listen()
}
