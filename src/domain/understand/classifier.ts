import { BUCKETS, type Features } from './features.ts';

/** A linear model: for every class and bucket a weight in 255 steps, times the scale of the bucket. */
export type Classifier = {
  classes: readonly string[];
  weights: Int8Array;
  scales: Float32Array;
  bias: Float32Array;
};

/** The probability of every class. */
export function probabilities(model: Classifier, features: Features): Float32Array {
  const { classes, weights, scales } = model;
  const { ids, values } = features;
  const scores = Float32Array.from(model.bias);
  const many = classes.length;
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i] ?? 0;
    const value = (values[i] ?? 0) * (scales[id] ?? 0);
    if (value !== 0) addTo(scores, weights, id * many, value);
  }
  return softmax(scores);
}

/** Adds a row of weights, times a value, to the scores of the classes. */
export function addTo(
  scores: Float32Array,
  weights: Int8Array | Float32Array,
  row: number,
  value: number,
): void {
  for (let c = 0; c < scores.length; c++) {
    scores[c] = (scores[c] ?? 0) + value * (weights[row + c] ?? 0);
  }
}

/** Turns scores into probabilities, in place. */
export function softmax(scores: Float32Array): Float32Array {
  let most = Number.NEGATIVE_INFINITY;
  for (const score of scores) if (score > most) most = score;
  let sum = 0;
  for (let c = 0; c < scores.length; c++) {
    const value = Math.exp((scores[c] ?? 0) - most);
    scores[c] = value;
    sum += value;
  }
  for (let c = 0; c < scores.length; c++) scores[c] = (scores[c] ?? 0) / sum;
  return scores;
}

/** Rounds weights to 255 steps for each bucket; a quarter of the memory, and no difference in what comes out. */
export function quantise(
  classes: readonly string[],
  weights: Float32Array,
  bias: Float32Array,
): Classifier {
  const many = classes.length;
  const small = new Int8Array(weights.length);
  const scales = new Float32Array(BUCKETS);
  for (let id = 0; id < BUCKETS; id++) {
    let most = 0;
    for (let c = 0; c < many; c++) most = Math.max(most, Math.abs(weights[id * many + c] ?? 0));
    // What hardly counts costs room all the same.
    if (most < 0.01) continue;
    scales[id] = most / 127;
    for (let c = 0; c < many; c++) {
      small[id * many + c] = Math.round(((weights[id * many + c] ?? 0) / most) * 127);
    }
  }
  return { classes, weights: small, scales, bias };
}
