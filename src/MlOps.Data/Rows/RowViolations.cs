using System.Collections;
using System.Diagnostics;

namespace MlOps.Data;

/// <summary>The rules that one row breaks, in the order of its columns; holds nothing for a row that is right.</summary>
[DebuggerDisplay("{ToString()}")]
public readonly struct RowViolations : IReadOnlyList<RowViolation>
{
    private readonly IReadOnlyList<RowViolation>? _violations;

    /// <summary>Takes the violations found.</summary>
    /// <param name="violations">Kept, not copied; null for none.</param>
    public RowViolations(IReadOnlyList<RowViolation>? violations) => _violations = violations;

    /// <summary>Whether the row breaks no rule but warnings.</summary>
    public bool Passed
    {
        get
        {
            for (var i = 0; i < Count; i++)
            {
                if (_violations![i].Severity != CheckSeverity.Warning)
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>How many rules the row breaks, warnings among them.</summary>
    public int Count => _violations?.Count ?? 0;

    /// <inheritdoc/>
    public RowViolation this[int index] => _violations is { } violations ? violations[index] : throw new ArgumentOutOfRangeException(nameof(index), index, "The row breaks no rule.");

    /// <inheritdoc/>
    public IEnumerator<RowViolation> GetEnumerator() => (_violations ?? []).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>A line for each violation.</summary>
    public override string ToString() => Count == 0 ? "right" : string.Join('\n', _violations!);
}
