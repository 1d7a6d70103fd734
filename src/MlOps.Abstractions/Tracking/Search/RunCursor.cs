using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace MlOps.Tracking;

/// <summary>
/// The place after a run in the order of a query, which a store carries in its page tokens: a place and not a count, so that runs which arrive
/// meanwhile make none be skipped or repeated.
/// </summary>
public static class RunCursor
{
    private const byte Version = 1;
    private const int CheckLength = 8;

    /// <summary>Writes the token of the place after a run.</summary>
    /// <param name="query">The query that found it.</param>
    /// <param name="values">Its values of the keys of <see cref="RunOrder.Complete"/>.</param>
    public static string ToToken(RunQuery query, IReadOnlyList<RunSortValue> values)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(values);
        using var content = new MemoryStream();
        using (var writer = new BinaryWriter(content, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Version);
            writer.Write(Fingerprint(query));
            foreach (var value in values)
            {
                Write(writer, value);
            }
        }

        content.Write(SHA256.HashData(content.ToArray()).AsSpan(0, CheckLength));
        return Base64Url.EncodeToString(content.ToArray());
    }

    /// <summary>Reads the query's token; null when it has none.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.InvalidPageToken"/>: it was made for another query, or is damaged.</exception>
    public static IReadOnlyList<RunSortValue>? Read(RunQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.PageToken is not { } token)
        {
            return null;
        }

        var content = Decode(token);
        using var reader = new BinaryReader(new MemoryStream(content, 1, content.Length - 1 - CheckLength), Encoding.UTF8);
        if (!reader.ReadBytes(CheckLength).AsSpan().SequenceEqual(Fingerprint(query)))
        {
            throw new MlOpsException(
                ErrorCodes.InvalidPageToken,
                "The page token belongs to another query: filter, order, experiment, status and parent must be those of the first page.");
        }

        var values = new RunSortValue[RunOrder.Complete(query.OrderBy).Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = ReadValue(reader);
        }

        return values;
    }

    private static byte[] Decode(string token)
    {
        byte[]? content = null;
        try
        {
            content = Base64Url.DecodeFromChars(token);
        }
        catch (FormatException)
        {
        }

        return content is not null && content.Length > 1 + (2 * CheckLength) && content[0] == Version && HoldsItsCheck(content)
                ? content
                : throw new MlOpsException(
                    ErrorCodes.InvalidPageToken, "The page token is damaged: pass it on as the page before gave it, or leave it out to begin anew.");
    }

    private static bool HoldsItsCheck(ReadOnlySpan<byte> content) =>
        SHA256.HashData(content[..^CheckLength]).AsSpan(0, CheckLength).SequenceEqual(content[^CheckLength..]);

    private static byte[] Fingerprint(RunQuery query)
    {
        var text = string.Join('\n', query.Experiment, query.Status, query.Parent, query.Filter, string.Join(", ", query.OrderBy));
        return SHA256.HashData(Encoding.UTF8.GetBytes(text))[..CheckLength];
    }

    private static void Write(BinaryWriter writer, RunSortValue value)
    {
        writer.Write((byte)value.Rank);
        if (value.Rank > 0)
        {
            return;
        }

        writer.Write(value.Text is not null);
        if (value.Text is { } text)
        {
            writer.Write(text);
        }
        else
        {
            writer.Write(value.Integer);
            writer.Write(value.Number);
        }
    }

    private static RunSortValue ReadValue(BinaryReader reader)
    {
        switch (reader.ReadByte())
        {
            case 1:
                return RunSortValue.NaN;
            case 2:
                return RunSortValue.Missing;
        }

        if (reader.ReadBoolean())
        {
            return RunSortValue.OfText(reader.ReadString());
        }

        var (integer, number) = (reader.ReadInt64(), reader.ReadDouble());
        return integer != 0 ? RunSortValue.OfInteger(integer) : RunSortValue.OfNumber(number);
    }
}
