using System.Collections;

namespace MlOps.Data;

/// <summary>The parts of a data set, in the order of their shares; take them apart with <c>var (train, test) = …</c>.</summary>
public sealed class DatasetSplit : IReadOnlyList<Dataset>
{
    private readonly IReadOnlyList<Dataset> _parts;

    internal DatasetSplit(IReadOnlyList<Dataset> parts)
    {
        _parts = parts;
    }

    /// <inheritdoc/>
    public int Count => _parts.Count;

    /// <inheritdoc/>
    public Dataset this[int index] => _parts[index];

    /// <summary>Takes a split of two parts apart.</summary>
    /// <exception cref="InvalidOperationException">The split has another number of parts.</exception>
    public void Deconstruct(out Dataset first, out Dataset second)
    {
        Require(2);
        (first, second) = (_parts[0], _parts[1]);
    }

    /// <summary>Takes a split of three parts apart, such as training, validation and test.</summary>
    /// <exception cref="InvalidOperationException">The split has another number of parts.</exception>
    public void Deconstruct(out Dataset first, out Dataset second, out Dataset third)
    {
        Require(3);
        (first, second, third) = (_parts[0], _parts[1], _parts[2]);
    }

    /// <inheritdoc/>
    public IEnumerator<Dataset> GetEnumerator() => _parts.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void Require(int count)
    {
        if (_parts.Count != count)
        {
            throw new InvalidOperationException($"The split has {_parts.Count} parts and cannot be taken apart into {count}: ask for as many as there are shares.");
        }
    }
}
