import { BUCKETS, type Features } from './features.ts';

/** A linear model: for every class and bucket a weight in 255 steps, times the scale of the bucket. */
export type Classifier = {
  classes: readonly string[];
  weights: Int8Array;
  scales: Float32Array;
  bias: Float32Array;
};

/** Makes the differences of scores larger, so that chances are as high as the model is right. */
const SHARPNESS = 1.6;

/** The probability of every class. */
export function probabilities(model: Classifier, { ids, values }: Features): Float32Array {
  const { classes, weights, scales } = model;
  const scores = Float32Array.from(model.bias);
  const many = classes.length;
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i] as number;
    const value = (values[i] as number) * (scales[id] as number);
    if (value === 0) continue;
    for (let c = 0, at = id * many; c < many; c++, at++) {
      scores[c] = (scores[c] as number) + value * (weights[at] as number);
    }
  }
  return softmax(scores.map((score) => score * SHARPNESS));
}

/** Turns scores into probabilities, in place. */
export function softmax(scores: Float32Array): Float32Array {
  let most = Number.NEGATIVE_INFINITY;
  for (const score of scores) if (score > most) most = score;
  let sum = 0;
  for (let c = 0; c < scores.length; c++) {
    const value = Math.exp((scores[c] as number) - most);
    scores[c] = value;
    sum += value;
  }
  for (let c = 0; c < scores.length; c++) scores[c] = (scores[c] as number) / sum;
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
