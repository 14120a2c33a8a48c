// Recordings: a tap plays the question and another one stops it. While the worker is alone with the tablet it is played
// by itself. One sound at a time, and none once the screen has gone.

let playing = null; // {audio, button}

/** Play what belongs to this button, or stop it where it is playing. */
export function playOrStop(button) {
  const wasPlaying = playing?.button === button;
  silence();
  if (!wasPlaying) play(button);
}

/** What is read out by itself on a screen. */
export function playFirst(screen) {
  const button = screen.querySelector("[data-question]:not([hidden]) [data-do=listen]");
  if (button) play(button);
}

export function silence() {
  if (!playing) return;
  playing.audio.pause();
  playing.button.classList.remove("playing");
  playing = null;
}

function play(button) {
  const audio = button.parentElement.querySelector("audio");
  playing = { audio, button };
  button.classList.add("playing");
  audio.currentTime = 0;
  const isOver = () => playing?.audio === audio && silence();
  audio.onended = isOver;
  audio.play().catch(isOver); // not there, or the browser wants a tap first
}
