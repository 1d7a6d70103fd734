using System.Text;

namespace MlOps.Data.Columns;

/// <summary>Gives one string object to equal short texts in a batch: categories repeat, and a lookup is cheaper than an allocation.</summary>
internal sealed class StringPool
{
    private const int LongestPooled = 32;
    private readonly string?[] _slots = new string?[1024];

    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            return "";
        }

        if (utf8.Length > LongestPooled)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        var hash = 2166136261u;
        foreach (var value in utf8)
        {
            hash = (hash ^ value) * 16777619u;
        }

        ref var slot = ref _slots[(hash ^ (hash >> 15)) & 1023];
        return slot is not null && Ascii.Equals(utf8, slot) ? slot : slot = Encoding.UTF8.GetString(utf8);
    }
}
