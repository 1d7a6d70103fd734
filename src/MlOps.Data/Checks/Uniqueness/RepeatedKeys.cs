using MlOps.Data.Operations.Keys;

namespace MlOps.Data.Checks.Uniqueness;

/// <summary>Finds keys that come again: at once while all fit in memory, else at the end, part by part from disk.</summary>
/// <remarks>A part that does not fit either is split in the same way, by other bits of the hash.</remarks>
internal sealed class RepeatedKeys(long budget, string folder, int level = 0) : IDisposable
{
    private const int RowsPerCheck = 1 << 14;
    private KeyTable _seen = new();
    private KeySpill? _spill;

    /// <summary>Adds the key of a row.</summary>
    /// <param name="key">The key.</param>
    /// <param name="position">The row; -1 for a key of an earlier one.</param>
    /// <returns>Whether it came before; false as well where that will be known at the end.</returns>
    public bool Add(ReadOnlySpan<byte> key, long position)
    {
        if (_spill is null)
        {
            if (level == KeySpill.Levels || _seen.Bytes + KeyTable.BytesOf(key) <= budget)
            {
                _seen.Add(key, out var isNew);
                return !isNew;
            }

            Spill();
        }

        _spill!.Write(position, key);
        return false;
    }

    /// <summary>Writes what is held to disk, and all that comes.</summary>
    public void Spill()
    {
        if (_spill is not null)
        {
            return;
        }

        _spill = new KeySpill(folder, level);
        for (var key = 0; key < _seen.Count; key++)
        {
            _spill.Write(-1, _seen[key]);
        }

        _seen = new KeyTable();
    }

    /// <summary>The rows whose key came before and for which <see cref="Add"/> did not know; in no order.</summary>
    public IEnumerable<long> Late(CancellationToken cancellationToken)
    {
        if (_spill is null)
        {
            yield break;
        }

        foreach (var part in _spill.Parts)
        {
            using var keys = new RepeatedKeys(budget, folder, level + 1);
            var reader = _spill.Read(part);
            for (var row = 0L; reader.Next(); row++)
            {
                if (row % RowsPerCheck == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                }

                if (keys.Add(reader.Key, reader.Position))
                {
                    yield return reader.Position;
                }
            }

            _spill.Remove(part);
            foreach (var position in keys.Late(cancellationToken))
            {
                yield return position;
            }
        }
    }

    public void Dispose() => _spill?.Dispose();
}
