namespace MlOps.Statistics;

/// <content>The centroids: how values are merged into them, and which neighbours fall together.</content>
public sealed partial class TDigest
{
    private void Flush()
    {
        if (_buffered == 0)
        {
            return;
        }

        var buffer = _buffer.AsSpan(0, _buffered);
        buffer.Sort();
        _minimum = Math.Min(_minimum, buffer[0]);
        _maximum = Math.Max(_maximum, buffer[^1]);
        _finite += _buffered;
        _buffered = 0;
        Compress(MergeCentroids(buffer, []));
    }

    // Merges sorted means with the centroids into the scratch arrays and returns how many there are; no weights stand for ones.
    private int MergeCentroids(ReadOnlySpan<double> means, ReadOnlySpan<long> weights)
    {
        int mine = 0, theirs = 0, total = 0;
        while (mine < _centroids || theirs < means.Length)
        {
            if (theirs == means.Length || (mine < _centroids && _means[mine] <= means[theirs]))
            {
                _scratchMeans[total] = _means[mine];
                _scratchWeights[total++] = _weights[mine++];
            }
            else
            {
                _scratchMeans[total] = means[theirs];
                _scratchWeights[total++] = weights.IsEmpty ? 1 : weights[theirs];
                theirs++;
            }
        }

        return total;
    }

    // One pass over sorted centroids: neighbours fall together while they span at most one unit of k₁(q) = δ / 2π · asin(2q − 1).
    private void Compress(int total)
    {
        _centroids = 0;
        if (total == 0)
        {
            return;
        }

        double all = _finite;
        long before = 0;
        var limit = LimitAfter(0);
        var mean = _scratchMeans[0];
        var weight = _scratchWeights[0];
        for (var i = 1; i < total; i++)
        {
            var next = _scratchWeights[i];
            if (before + weight + next <= limit * all)
            {
                weight += next;
                mean = Mix(mean, _scratchMeans[i], next, weight);
                continue;
            }

            Close(mean, weight);
            before += weight;
            limit = LimitAfter(before / all);
            (mean, weight) = (_scratchMeans[i], next);
        }

        Close(mean, weight);
    }

    private void Close(double mean, long weight)
    {
        _means[_centroids] = _centroids == 0 ? mean : Math.Max(mean, _means[_centroids - 1]);
        _weights[_centroids++] = weight;
    }

    // The rank that is a number of units of k₁ above the given one.
    private double LimitAfter(double q, int units = 1)
    {
        var angle = Math.Asin((2 * q) - 1) + (units * 2 * Math.PI / Compression);
        return angle >= Math.PI / 2 ? 1 : (Math.Sin(angle) + 1) / 2;
    }

    // The mean with another value of the given weight taken in; a difference beyond the largest number is never formed.
    private static double Mix(double mean, double other, long weight, long total)
    {
        var share = (double)weight / total;
        var difference = other - mean;
        return double.IsFinite(difference) ? mean + (difference * share) : (mean * (1 - share)) + (other * share);
    }
}
