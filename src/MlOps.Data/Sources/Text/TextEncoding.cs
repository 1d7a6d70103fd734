using System.Buffers;
using System.Text;

namespace MlOps.Data.Sources.Text;

/// <summary>An encoding and how it was found.</summary>
/// <param name="Encoding">Throws at bytes that it does not have.</param>
/// <param name="MarkLength">The bytes of the byte order mark.</param>
/// <param name="Reason">How it was found, a sentence.</param>
internal sealed record TextEncoding(Encoding Encoding, int MarkLength, string Reason)
{
    private const int SampleBytes = 1024 * 1024;

    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly (Encoding Encoding, byte[] Mark)[] Marked =
    [
        (new UTF32Encoding(bigEndian: false, byteOrderMark: true, throwOnInvalidCharacters: true), [0xFF, 0xFE, 0, 0]),
        (new UTF32Encoding(bigEndian: true, byteOrderMark: true, throwOnInvalidCharacters: true), [0, 0, 0xFE, 0xFF]),
        (Utf8, [0xEF, 0xBB, 0xBF]),
        (new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true), [0xFF, 0xFE]),
        (new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true), [0xFE, 0xFF]),
    ];

    public bool IsUtf8 => Encoding.CodePage == Utf8.CodePage;

    /// <summary>Decides from a file's beginning.</summary>
    /// <param name="sample">The first bytes.</param>
    /// <param name="isWhole">Whether the file ends with them.</param>
    /// <param name="given">What the caller said.</param>
    public static TextEncoding Detect(ReadOnlySpan<byte> sample, bool isWhole, Encoding? given)
    {
        foreach (var (encoding, mark) in Marked)
        {
            if (sample.StartsWith(mark) && (given is null || given.CodePage == encoding.CodePage))
            {
                return new(encoding, mark.Length, $"Encoding {encoding.WebName}: from the byte order mark.");
            }
        }

        if (given is not null)
        {
            return new(With(given, DecoderFallback.ExceptionFallback), 0, $"Encoding {given.WebName}: as given.");
        }

        // Text has no NUL: where every other byte is one, the other byte is all of a UTF-16 character.
        var pairs = Math.Min(sample.Length, 4096) / 2;
        var (even, odd) = (0, 0);
        for (var i = 0; i < pairs; i++)
        {
            even += sample[2 * i] == 0 ? 1 : 0;
            odd += sample[(2 * i) + 1] == 0 ? 1 : 0;
        }

        if (pairs > 1 && Math.Max(even, odd) > pairs / 2 && Math.Min(even, odd) == 0)
        {
            var encoding = Marked[even > odd ? 4 : 3].Encoding;
            return new(encoding, 0, $"Encoding {encoding.WebName}: every other byte is zero.");
        }

        var (valid, characters) = ValidLength(sample);
        if (valid == sample.Length || (!isWhole && sample.Length - valid < 4))
        {
            return new(Utf8, 0, $"Encoding utf-8: the first {sample.Length} bytes are valid UTF-8{(characters == 0 ? ", all of them ASCII" : "")}.");
        }

        // Text of one byte a character hardly ever has a valid sequence of several: such a file mixes encodings, and reading says where.
        if (characters > 0)
        {
            return new(Utf8, 0, $"Encoding utf-8: there are {characters} characters of several bytes in valid UTF-8, though byte {valid} is not.");
        }

        var windows = CodePagesEncodingProvider.Instance.GetEncoding(1252, EncoderFallback.ExceptionFallback, DecoderFallback.ReplacementFallback)!;
        return new(windows, 0, $"Encoding windows-1252: byte {valid} is not valid UTF-8, there is no byte order mark and no sequence of several bytes.");
    }

    /// <summary>Lets a function decide from a file's first bytes, and tells it whether the file ends with them.</summary>
    /// <typeparam name="T">What it decides.</typeparam>
    public static async Task<T> SampleAsync<T>(Func<CancellationToken, Task<Stream>> open, Func<byte[], int, bool, T> decide, CancellationToken cancellationToken)
    {
        var sample = ArrayPool<byte>.Shared.Rent(SampleBytes);
        try
        {
            var stream = await open(cancellationToken).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                // One byte less than is asked for tells that the file ends.
                var read = await stream.ReadAtLeastAsync(sample, sample.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
                return decide(sample, read, read < sample.Length);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(sample);
        }
    }

    /// <summary>The stream in UTF-8, after the mark; takes it over.</summary>
    public async ValueTask<Stream> OpenAsync(Stream stream, CancellationToken cancellationToken)
    {
        try
        {
            if (MarkLength > 0)
            {
                await stream.ReadAtLeastAsync(new byte[MarkLength], MarkLength, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            }

            return IsUtf8 ? stream : Encoding.CreateTranscodingStream(stream, Encoding, Utf8);
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The sample in UTF-8, without the mark; what cannot be decoded is replaced.</summary>
    public byte[] ToUtf8(ReadOnlySpan<byte> sample)
    {
        var bytes = sample[MarkLength..];
        return IsUtf8 ? bytes.ToArray() : Utf8.GetBytes(With(Encoding, DecoderFallback.ReplacementFallback).GetString(bytes));
    }

    /// <summary>Where the first byte stands that is not UTF-8, and how many characters of several bytes there are in all.</summary>
    public static (int Valid, int Characters) ValidLength(ReadOnlySpan<byte> bytes)
    {
        if (Ascii.IsValid(bytes))
        {
            return (bytes.Length, 0);
        }

        var (valid, characters) = (System.Text.Unicode.Utf8.IsValid(bytes) ? bytes.Length : -1, 0);
        for (var at = 0; at < bytes.Length;)
        {
            if (bytes[at] < 0x80)
            {
                at++;
                continue;
            }

            if (Rune.DecodeFromUtf8(bytes[at..], out _, out var consumed) == OperationStatus.Done)
            {
                characters++;
            }
            else if (valid < 0)
            {
                valid = at;
            }

            at += consumed;
        }

        return (valid, characters);
    }

    private static Encoding With(Encoding encoding, DecoderFallback fallback)
    {
        var copy = (Encoding)encoding.Clone();
        copy.DecoderFallback = fallback;
        return copy;
    }
}
