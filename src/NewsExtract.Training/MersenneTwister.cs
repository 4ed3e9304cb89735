namespace NewsExtract.Training;

/// <summary>
/// The random numbers of Matsumoto and Nishimura's MT19937 (1998), seeded by an array of one number and with 53 bits a draw, as Python's
/// <c>random.Random(seed).random()</c> gives them: damage that was simulated there can be simulated again here.
/// </summary>
internal sealed class MersenneTwister
{
    private const int Size = 624, Middle = 397;

    private readonly uint[] _state = new uint[Size];
    private int _at = Size;

    /// <summary>Seeds the generator.</summary>
    public MersenneTwister(uint seed)
    {
        unchecked
        {
            _state[0] = 19650218;
            for (int i = 1; i < Size; i++) _state[i] = 1812433253 * (_state[i - 1] ^ (_state[i - 1] >> 30)) + (uint)i;
            int at = 1;
            for (int k = 0; k < Size; k++)
            {
                _state[at] = (_state[at] ^ ((_state[at - 1] ^ (_state[at - 1] >> 30)) * 1664525)) + seed;
                Next(ref at);
            }
            for (int k = 0; k < Size - 1; k++)
            {
                _state[at] = (_state[at] ^ ((_state[at - 1] ^ (_state[at - 1] >> 30)) * 1566083941)) - (uint)at;
                Next(ref at);
            }
            _state[0] = 0x80000000;
        }
    }

    private void Next(ref int at)
    {
        if (++at < Size) return;
        _state[0] = _state[Size - 1];
        at = 1;
    }

    /// <summary>A number from 0 up to but not including 1.</summary>
    public double NextDouble()
    {
        uint high = Draw() >> 5, low = Draw() >> 6;
        return (high * 67108864.0 + low) / 9007199254740992.0;
    }

    private uint Draw()
    {
        if (_at == Size) Twist();
        uint y = _state[_at++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9D2C5680;
        y ^= (y << 15) & 0xEFC60000;
        return y ^ (y >> 18);
    }

    private void Twist()
    {
        for (int i = 0; i < Size; i++)
        {
            uint y = (_state[i] & 0x80000000) | (_state[(i + 1) % Size] & 0x7FFFFFFF);
            _state[i] = _state[(i + Middle) % Size] ^ (y >> 1) ^ ((y & 1) == 0 ? 0 : 0x9908B0DF);
        }
        _at = 0;
    }
}
