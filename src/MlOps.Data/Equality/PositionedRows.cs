using MlOps.Data.Columns;
using MlOps.Data.Operations;

namespace MlOps.Data.Equality;

/// <summary>Compares rows in the same order: both data sets are streamed side by side, a batch of each at a time.</summary>
internal static class PositionedRows
{
    public static async Task CompareAsync(Dataset expected, Dataset actual, DifferenceList differences, CancellationToken cancellationToken)
    {
        var wanted = DerivedSource.RowsAsync(expected, null, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var ofWanted = wanted.ConfigureAwait(false);
        var there = DerivedSource.RowsAsync(actual, null, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var ofThere = there.ConfigureAwait(false);
        var (one, row) = (await NextAsync(wanted).ConfigureAwait(false), 0);
        var (other, otherRow) = (await NextAsync(there).ConfigureAwait(false), 0);
        while (one is not null || other is not null)
        {
            var length = Math.Min(one is null ? int.MaxValue : one.Length - row, other is null ? int.MaxValue : other.Length - otherRow);
            for (var i = 0; i < length; i++)
            {
                if (one is null)
                {
                    differences.AddExtra(other!, otherRow + i);
                }
                else if (other is null)
                {
                    differences.AddMissing(one, row + i);
                }
                else
                {
                    differences.Compare(one, row + i, other, otherRow + i);
                }
            }

            differences.ExpectedRows += one is null ? 0 : length;
            differences.ActualRows += other is null ? 0 : length;
            (row, otherRow) = (row + length, otherRow + length);
            if (one is not null && row == one.Length)
            {
                (one, row) = (await NextAsync(wanted).ConfigureAwait(false), 0);
            }

            if (other is not null && otherRow == other.Length)
            {
                (other, otherRow) = (await NextAsync(there).ConfigureAwait(false), 0);
            }
        }
    }

    // Moving on disposes the batch before.
    private static async ValueTask<RowBatch?> NextAsync(IAsyncEnumerator<RowBatch> batches) =>
        await batches.MoveNextAsync().ConfigureAwait(false) ? batches.Current : null;
}
