using Apache.Arrow;

namespace MlOps.Data.Columns;

/// <summary>Counts nulls in part of an array.</summary>
internal static class MissingCount
{
    public static int CountMissing(this IArrowArray array, int start, int count)
    {
        var missing = 0;
        for (var i = start; i < start + count; i++)
        {
            missing += array.IsNull(i) ? 1 : 0;
        }

        return missing;
    }
}
